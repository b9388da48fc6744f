internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file that Neo wrote and that names a person, and how the name is taken out.
struct TracedFile: Sendable {
    /// How.
    enum Mending: Sendable, Hashable {
        /// The file goes; Neo makes it again, or nobody misses it.
        case remove
        /// Every string of the JSON that names the person is replaced as a whole.
        case redactStrings
        /// Elements of the list under a key that name the person go.
        case dropElements(key: String)
        /// Lines that name the person go.
        case dropLines
        /// The name is replaced.
        case redact
        /// The name is written over, letter by letter: others have counted the file's bytes.
        case blot
    }

    /// The file, absolute.
    let path: String
    /// How the name is taken out.
    let mending: Mending

    /// Files are looked through up to this size.
    static let limit = 1 << 30

    /// Whether it names the person.
    static func holds(_ path: String, _ trace: PersonTrace) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: path) else { return false }
        return trace.isIn(Array(bytes))
    }

    /// Takes the name out.
    func mend(_ trace: PersonTrace) throws {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        let text = String(decoding: data, as: UTF8.self)
        switch mending {
        case .remove: try FileManager.default.removeItem(atPath: path)
        case .redact: try AtomicFile.write(trace.redacted(text), to: path)
        case .blot: try AtomicFile.write(trace.blotted(Array(data)), to: path)
        case .dropLines:
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            try AtomicFile.write(lines.filter { !trace.isIn(String($0)) }.joined(separator: "\n"), to: path)
        case .redactStrings:
            try AtomicFile.write(Self.redacted(try JSONValue(parsing: data), trace).prettyText + "\n", to: path)
        case .dropElements(let key):
            guard case .object(var object) = try JSONValue(parsing: data) else { return }
            object[key] = .array((object[key]?.array ?? []).filter { !trace.isIn($0.canonicalText) })
            try AtomicFile.write(Self.redacted(.object(object), trace).prettyText + "\n", to: path)
        }
    }

    private static func redacted(_ value: JSONValue, _ trace: PersonTrace) -> JSONValue {
        switch value {
        case .string(let text): trace.isIn(text) ? .string(PersonTrace.replacement) : value
        case .array(let elements): .array(elements.map { redacted($0, trace) })
        case .object(let members):
            .object(
                Dictionary(
                    members.map { (trace.isIn($0) ? PersonTrace.replacement : $0, redacted($1, trace)) },
                    uniquingKeysWith: { first, _ in first }))
        default: value
        }
    }
}
