#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A mail with a text (RFC 5322, RFC 2045). Whatever stands in subject and text, it is one mail: both are encoded.
package struct MailMessage: Sendable, Hashable {
    package var from: String
    package var to: [String]
    package var subject: String
    package var text: String
    package var date: Date
    /// What no other mail is called.
    package var id: String

    package init(from: String, to: [String], subject: String, text: String, date: Date, id: String) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
    }

    /// The mail as it is sent, without the dot behind it.
    var wire: String {
        let host = from.split(separator: "@").last ?? "localhost"
        let lines = [
            "From: <\(from)>", "To: \(to.map { "<\($0)>" }.joined(separator: ", "))", "Subject: \(encodedSubject)",
            "Date: \(Self.text(of: date))", "Message-ID: <\(id)@\(host)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
            "",
        ]
        return (lines + Self.wrapped(Data(text.utf8).base64EncodedString(), at: 76)).joined(separator: "\r\n") + "\r\n"
    }

    /// Encoded words of at most 75 characters (RFC 2047), cut between letters.
    private var encodedSubject: String {
        var words: [String] = []
        var piece = ""
        for character in subject.prefix(300) {
            if (piece + String(character)).utf8.count > 42 {
                words.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        words.append(piece)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func wrapped(_ text: String, at width: Int) -> [String] {
        var lines: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        }
        return lines
    }

    /// `Sun, 22 Nov 2026 14:05:00 +0000`.
    static func text(of date: Date) -> String {
        let parts = date.ISO8601Format().split { !$0.isNumber }.map(String.init)
        guard parts.count >= 6, let month = Int(parts[1]), (1...12).contains(month) else { return "" }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // 1970 began on a Thursday.
        let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        return
            "\(names[((days % 7) + 7) % 7]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }
}
