package import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a service writes down what comes in, and what of it.
package struct ServiceRecords: Sendable {
    package let database: ServiceDatabase
    package let policy: MonitoringSetting
    package let key: KeyedHash
    /// The process that answers.
    package let service: String

    /// Opens the records of a project.
    package init(_ project: Project) throws {
        database = try ServiceDatabase(path: project.path(".neo/service.db"))
        key = try ServiceKey.open(project)
        policy = project.file.monitoring
        service = String(UUID().uuidString.lowercased().prefix(8))
    }

    /// What a probe sends along, so that the service knows it from clients: the golden question's id, a word that is used
    /// once, and the name of both under the project's key.
    package func probeMark(of question: String) -> String {
        let word = "\(question) \(UUID().uuidString.lowercased())"
        return "\(Data(word.utf8).base64EncodedString()).\(key.name(of: "probe \(word)"))"
    }

    /// The golden question that a probe's mark names; nil where somebody made the mark up.
    package func probe(_ mark: String) -> String? {
        let parts = mark.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, mark.utf8.count < 2000, let data = Data(base64Encoded: String(parts[0])) else {
            return nil
        }
        let word = String(decoding: data, as: UTF8.self)
        guard Secret(key.name(of: "probe \(word)"))?.matches(String(parts[1])) == true else { return nil }
        return word.split(separator: " ").dropLast().joined(separator: " ")
    }
}

extension MonitoringSetting {
    /// So much of a question or an answer is kept.
    private static let mostBytes = 16 << 10

    /// What is kept of a text; nil where nothing is.
    package func kept(_ text: String) -> String? {
        let cut =
            text.utf8.count > Self.mostBytes ? String(decoding: text.utf8.prefix(Self.mostBytes), as: UTF8.self) : text
        return switch self.text {
        case .none: nil
        case .redacted: PersonalData.redacted(cut)
        case .full: cut
        }
    }
}
