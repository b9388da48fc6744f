package import Base
internal import Storage

/// What somebody says of an answer, as it comes from a page, a program or a terminal.
///
/// ```json
/// {"answer": "9f2c…", "rating": "down", "reason": "outdated", "comment": "…", "correction": "…"}
/// {"answer": "9f2c…", "document": "guide.md"}
/// ```
package struct FeedbackInput: Sendable, Hashable {
    /// The longest comment or correction, in Unicode scalars.
    package static let longest = 4_000

    package var answer: String
    package var rating: Int?
    package var reason: FeedbackReason?
    package var comment: String?
    package var correction: String?
    /// The document of a source that was opened.
    package var document: String?

    /// Reads the fields of an object.
    ///
    /// - Throws: `EngineerError` with the code `invalidRequest` and a sentence.
    package init(_ object: [String: JSONValue]) throws(EngineerError) {
        let known = ["answer", "rating", "reason", "comment", "correction", "document"]
        if let stranger = object.keys.sorted().first(where: { !known.contains($0) }) {
            let hint = nearest(to: String(stranger.prefix(100)), in: known).map { "did you mean \"\($0)\"?" }
            throw Self.refused(
                "Unknown field \"\(stranger.prefix(100))\"; \(hint ?? "the fields are \(known.joined(separator: ", ")).")"
            )
        }
        guard let answer = try Self.text("answer", object, longest: 200) else {
            throw Self.refused("\"answer\" is missing: it is the x-request-id of the answer that is meant.")
        }
        self.answer = Self.plain(answer)
        rating = try Self.rating(object["rating"] ?? .null)
        if let word = try Self.text("reason", object, longest: 100) {
            guard let reason = FeedbackReason(rawValue: word) else {
                let words = FeedbackReason.allCases.map(\.rawValue).joined(separator: ", ")
                throw Self.refused("\"reason\" is one of \(words).")
            }
            self.reason = reason
        }
        comment = try Self.text("comment", object)
        correction = try Self.text("correction", object)
        document = try Self.text("document", object, longest: 1_000)
        guard rating != nil || correction != nil || document != nil else {
            throw Self.refused("Say something of the answer: \"rating\" (up or down), \"correction\" or \"document\".")
        }
        guard reason == nil || rating == -1 else {
            throw Self.refused("A \"reason\" goes with the rating \"down\".")
        }
    }

    /// What it becomes: a row for each thing that is said.
    func rows(_ base: FeedbackRow) -> [FeedbackRow] {
        var rows: [FeedbackRow] = []
        if let rating {
            var row = base
            (row.kind, row.rating, row.reason, row.comment) = (.thumb, rating, reason?.rawValue, comment)
            rows.append(row)
        }
        if let correction {
            var row = base
            (row.kind, row.correction, row.comment) = (.correction, correction, rating == nil ? comment : nil)
            rows.append(row)
        }
        if let document {
            var row = base
            (row.kind, row.document) = (.citation, document)
            rows.append(row)
        }
        return rows
    }

    /// An answer's id without what protocols put before it.
    private static func plain(_ id: String) -> String {
        for prefix in ["chatcmpl-", "msg_"] where id.hasPrefix(prefix) { return String(id.dropFirst(prefix.count)) }
        return id
    }

    private static func rating(_ value: JSONValue) throws(EngineerError) -> Int? {
        switch value {
        case .null: return nil
        case .string("up"), .integer(1), .bool(true): return 1
        case .string("down"), .integer(-1), .bool(false): return -1
        default: throw refused("\"rating\" is \"up\" or \"down\".")
        }
    }

    private static func text(
        _ name: String, _ object: [String: JSONValue], longest: Int = longest
    ) throws(EngineerError) -> String? {
        guard let value = object[name], value != .null else { return nil }
        guard let text = value.string else { throw refused("\"\(name)\" must be a string.") }
        guard text.unicodeScalars.count <= longest else {
            throw refused("\"\(name)\" has more than \(longest) characters.")
        }
        // Neither marks that steer a terminal nor what no reader sees is anybody's opinion.
        let visible = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
                }))
        return visible.contains { !$0.isWhitespace } ? visible : nil
    }

    private static func refused(_ sentence: String) -> EngineerError {
        EngineerError(code: .invalidRequest, message: sentence)
    }
}
