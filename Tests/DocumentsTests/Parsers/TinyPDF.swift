/// A PDF of plain lines, written by hand.
struct TinyPDF {
    /// Lines of each page.
    var pages: [[String]]
    /// Says that it is encrypted, with a password that nobody knows.
    var isEncrypted = false

    /// The file.
    var bytes: [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count \(pages.count) /Kids [\(pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " "))] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for (number, lines) in pages.enumerated() {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(5 + 2 * number) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            let shown = lines.map { line in
                line.isEmpty
                    ? "0 -14 Td" : "(\(line.replacing("(", with: "\\(").replacing(")", with: "\\)"))) Tj 0 -14 Td"
            }
            let content = "BT /F1 11 Tf 60 780 Td \(shown.joined(separator: "\n")) ET"
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        var encryption = ""
        if isEncrypted {
            let key = String(repeating: "41", count: 32)
            objects.append("<< /Filter /Standard /V 1 /R 2 /O <\(key)> /U <\(key)> /P -4 >>")
            encryption = " /Encrypt \(objects.count) 0 R /ID [<00> <00>]"
        }
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R\(encryption) >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(file.utf8)
    }
}
