internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The fields of a form, or of a query.
struct FormBody: Sendable {
    /// The longest form: a comment, a question with its answers, or lines of a document.
    static let longest = 256 << 10

    private let fields: [String: String]
    private let all: [(name: String, value: String)]

    /// Reads `name=value&…`; of fields with one name the first counts.
    init(_ text: some StringProtocol) {
        var fields: [String: String] = [:]
        var all: [(name: String, value: String)] = []
        for pair in text.split(separator: "&").prefix(200) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
            all.append((name, value))
            if fields[name] == nil { fields[name] = value }
        }
        self.all = all
        self.fields = fields
    }

    /// The form of a request, which must have been on a page that this browser was sent.
    init(_ request: Request, _ context: ServerContext) async throws {
        let form = try await FormBody(reading: request)
        guard let browser = context.browser, let given = form["form_token"], given == browser.formToken else {
            throw RequestFailure(
                .forbidden, code: "wrong_form", "This form is not one of this session any more; load the page again.")
        }
        self = form
    }

    /// The form of a request, whoever sent it.
    init(reading request: Request) async throws {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw RequestFailure(
                .unsupportedMediaType, code: "unsupported_media_type", "Only forms of the pages are read here.")
        }
        do {
            let buffer = try await request.body.collect(upTo: Self.longest)
            self.init(String(buffer: buffer))
        } catch is NIOTooManyBytesError {
            throw RequestFailure(
                .contentTooLarge, code: "too_large", "The form is longer than \(Self.longest >> 10) kB; write less.")
        }
    }

    subscript(name: String) -> String? { fields[name] }

    /// What all fields of a name say, each once; those that say nothing are left out.
    func values(_ name: String) -> [String] {
        var seen: Set<String> = [""]
        return all.filter { $0.name == name }.map(\.value).filter { seen.insert($0).inserted }
    }

    /// A field that says something.
    func filled(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The number of a page of a list, from 1.
    func page(_ name: String) -> Int { min(max(1, fields[name].flatMap { Int($0) } ?? 1), 1_000_000) }

    /// These fields with others in their place, as they stand in an address; an empty one is left out.
    func address(_ changes: KeyValuePairs<String, String>) -> String {
        let kept = all.filter { field in !field.value.isEmpty && !changes.contains { $0.key == field.name } }
        let fields = kept.map { ($0.name, $0.value) } + changes.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }
        return fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// A field that must be there, without space around it.
    func text(_ name: String, longest: Int) throws -> String {
        let text = (fields[name] ?? "").replacing("\r\n", with: "\n")[...].trimmed
        guard !text.isEmpty else {
            throw RequestFailure.invalid("The field \(name.prefix(40)) is empty; go back and fill it in.")
        }
        guard text.unicodeScalars.count <= longest else {
            throw RequestFailure.invalid("The field \(name.prefix(40)) is longer than \(longest) characters.")
        }
        return String(text)
    }

    /// Text as a part of an address.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// The text of a part of an address or form.
    static func decoded(_ text: some StringProtocol, isPath: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+"), !isPath {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
