internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// That somebody is being forgotten, in `.neo/forgetting.json` until it is done: whoever goes on with it, after the first was
/// killed, still knows the pseudonym whose key is destroyed already. The person stands there as a salted hash.
struct ForgettingNote: Sendable {
    static let name = "forgetting.json"

    let pseudonym: String?
    let begun: String

    /// The note of a person; nil where none is being forgotten, or somebody else.
    static func read(_ person: String, in project: Project) -> ForgettingNote? {
        guard let data = FileManager.default.contents(atPath: project.path(".neo/" + name)),
            let value = try? JSONValue(parsing: data), let salt = value["salt"]?.string,
            value["person"]?.string == hash(person, salt: salt)
        else { return nil }
        return ForgettingNote(pseudonym: value["pseudonym"]?.string, begun: value["begun"]?.string ?? "")
    }

    /// Whether somebody is being forgotten whom nobody has finished to forget.
    static func isThere(in project: Project) -> Bool { FileState(project.path(".neo/" + name)) != nil }

    /// Writes the note.
    func write(_ person: String, in project: Project) throws {
        var generator = SystemRandomNumberGenerator()
        let salt = String(generator.next(), radix: 16) + String(generator.next(), radix: 16)
        let value: JSONValue = [
            "salt": .string(salt), "person": .string(Self.hash(person, salt: salt)), "begun": .string(begun),
            "pseudonym": pseudonym.map { .string($0) } ?? .null,
        ]
        try AtomicFile.write(value.prettyText + "\n", to: project.path(".neo/" + Self.name))
    }

    /// It is done.
    static func remove(in project: Project) throws {
        let path = project.path(".neo/" + name)
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

    private static func hash(_ person: String, salt: String) -> String {
        ContentHash(of: "\(salt)\n\(PersonNames.normalized(person))").hex
    }
}
