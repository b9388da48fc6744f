package import Base

/// What a system that is not Neo's answered to a question.
package struct ExternalReply: Sendable, Hashable {
    /// One of the passages, best first. At least one of the two is there.
    package struct Passage: Sendable, Hashable {
        /// The document's name as the system writes it.
        package var document: String?
        /// The passage itself.
        package var text: String?

        package init(document: String? = nil, text: String? = nil) {
            self.document = document
            self.text = text
        }
    }

    /// The longest reply that is read, in bytes: a reader is never given as much.
    package static let byteLimit = 1_000_000
    /// The most passages of a reply.
    package static let passageLimit = 1_000
    private static let nameLimit = 4_096

    /// What would be put before a reader. None is an abstention.
    package var passages: [Passage]
    /// The answer. Nothing judges it yet; it is kept so that it need not be asked for again once something does.
    package var answer: String?

    package init(passages: [Passage], answer: String? = nil) {
        self.passages = passages
        self.answer = answer
    }

    /// Reads a reply as it came.
    ///
    /// - Throws: `RAGError` with a sentence that says what is wrong with it.
    package init(parsing text: String) throws(RAGError) {
        guard text.utf8.count <= Self.byteLimit else {
            throw Self.fault("has more than \(Self.byteLimit / 1_000_000) MB")
        }
        guard let value = try? JSONValue(parsing: text) else {
            throw Self.fault("is not JSON: it begins with \"\(Self.excerpt(text))\"")
        }
        try self.init(value)
    }

    /// Reads a reply that was kept.
    package init(_ value: JSONValue) throws(RAGError) {
        guard let members = value.object else { throw Self.fault("is no JSON object with `passages`") }
        guard let list = members["passages"]?.array else {
            throw Self.fault("has no list `passages`; an empty one is an abstention")
        }
        guard list.count <= Self.passageLimit else {
            throw Self.fault("has \(list.count) passages, and the limit is \(Self.passageLimit)")
        }
        passages = []
        for (position, element) in list.enumerated() {
            passages.append(try Self.passage(element, at: "passage \(position + 1)"))
        }
        answer = try Self.text("answer", of: members, at: "it")
    }

    /// The reply, as it is kept.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "passages": .array(
                passages.map { passage in
                    var members: [String: JSONValue] = [:]
                    members["document"] = passage.document.map { .string($0) }
                    members["text"] = passage.text.map { .string($0) }
                    return .object(members)
                })
        ]
        members["answer"] = answer.map { .string($0) }
        return .object(members)
    }

    private static func passage(_ value: JSONValue, at place: String) throws(RAGError) -> Passage {
        guard let members = value.object else {
            throw fault("has a \(place) that is no object with `document` and `text`")
        }
        if let score = members["score"], score != .null {
            // Not used: the order is the rank. But who writes nonsense here may have sorted by it.
            guard let number = score.number, number.isFinite else {
                throw fault("has a \(place) whose `score` is no number")
            }
        }
        let document = try text("document", of: members, at: place)
        let text = try text("text", of: members, at: place)
        guard document != nil || text != nil else { throw fault("has a \(place) without `document` and `text`") }
        guard (document?.utf8.count ?? 0) <= nameLimit else {
            throw fault("has a \(place) whose `document` is longer than \(nameLimit) bytes")
        }
        for part in [document, text] {
            if let scalar = part?.unicodeScalars.first(where: isControl) {
                throw fault("has a \(place) with the control character U+\(hex(scalar.value))")
            }
        }
        return Passage(document: document, text: text)
    }

    /// A text that is there and not blank.
    private static func text(
        _ key: String, of members: [String: JSONValue], at place: String
    ) throws(RAGError) -> String? {
        guard let value = members[key], value != .null else { return nil }
        guard let text = value.string else { throw fault("has a `\(key)` in \(place) that is no text") }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    /// Tabs, ends of lines and pages are part of texts; other control characters are a sign of bytes that are none.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x85: false
        case 0..<0x20, 0x7F..<0xA0: true
        default: false
        }
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func fault(_ what: String) -> RAGError {
        RAGError(code: .badReply, message: "The reply \(what).")
    }

    private static func excerpt(_ text: String) -> String {
        let beginning = text.unicodeScalars.prefix(60).map { isControl($0) || $0.value < 0x20 ? " " : $0 }
        return String(String.UnicodeScalarView(beginning))
    }
}
