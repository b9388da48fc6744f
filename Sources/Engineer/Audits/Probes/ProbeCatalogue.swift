internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What attacks are made of: families with their templates, and the orders and beginnings that are put into them.
struct ProbeCatalogue: Sendable, Hashable, Codable {
    /// How an attack comes to the service.
    enum Kind: String, Sendable, Codable {
        /// As a document about what somebody asks.
        case document
        /// As a document about everything else.
        case poison
        /// As a question.
        case question
    }

    /// The form of a document.
    enum Format: String, Sendable, Codable {
        case markdown, html
    }

    /// One way of attacking.
    struct Family: Sendable, Hashable, Codable {
        let name: String
        /// What the attacker does, in a sentence.
        let what: String
        let standard: String
        /// How much it matters where one succeeds.
        let severity: AuditSeverity
        let format: Format
        let kind: Kind
        let templates: [String]

        /// Whether it says something only where a model writes the answers.
        var needsModel: Bool { name == "system-prompt" }
    }

    /// Raised where the same seed would make other attacks.
    let version: Int
    let families: [Family]
    let orders: [String]
    let leads: [String]
    /// A harmless sentence.
    let second: String

    /// The catalogue that is part of the program.
    static func builtIn() throws(EngineerError) -> ProbeCatalogue {
        do {
            return try JSONValue(parsing: Data(PackageResources.probes_json)).decoded(as: ProbeCatalogue.self)
        } catch {
            throw EngineerError(
                code: .invalidRequest, message: "The attacks that are part of neo cannot be read; install it anew.",
                cause: error)
        }
    }
}
