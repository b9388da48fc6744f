/// A PDF of A4 pages that hold a JPEG each and nothing else, as scanners write them.
struct ScannedPDF {
    /// The pictures, in colour.
    var pages: [[UInt8]]
    var width: Int
    var height: Int

    /// The file.
    var bytes: [UInt8] {
        let kids = pages.indices.map { "\(3 + 3 * $0) 0 R" }.joined(separator: " ")
        var objects: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Array("<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>".utf8),
        ]
        for (number, picture) in pages.enumerated() {
            let first = 3 + 3 * number
            let page =
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(first + 1) 0 R "
                + "/Resources << /XObject << /Im \(first + 2) 0 R >> >> >>"
            let content = "q 595 0 0 842 0 0 cm /Im Do Q"
            let image =
                "<< /Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceRGB "
                + "/BitsPerComponent 8 /Filter /DCTDecode /Length \(picture.count) >>\nstream\n"
            objects.append(Array(page.utf8))
            objects.append(Array("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream".utf8))
            objects.append(Array(image.utf8) + picture + Array("\nendstream".utf8))
        }
        var file = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(file.count)
            file += Array("\(number + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let table = file.count
        file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            file += Array((String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n").utf8)
        }
        file += Array("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8)
        return file
    }
}
