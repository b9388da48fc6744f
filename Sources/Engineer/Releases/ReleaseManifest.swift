package import Base

/// What `manifest.json` of a release says: what it was made from, and the hash of every file.
package struct ReleaseManifest: Sendable, Hashable, Codable {
    /// One file.
    package struct File: Sendable, Hashable, Codable {
        /// Its path below the release.
        package var path: String
        package var bytes: Int
        package var sha256: ContentHash
    }

    /// A model that the release asks.
    package struct Model: Sendable, Hashable, Codable {
        /// What configurations call it.
        package var name: String
        /// `encoder` or `reranker`.
        package var role: String
        /// Names its weights; nil of one that somebody serves.
        package var weights: String?
        /// Its folder in the release; nil where it stays in the machine's model store, or is served.
        package var folder: String?
        /// What its large products are computed in; nil of one that is served.
        package var precision: String?
        /// What stands in front of texts; nil for what the model's own folder says.
        package var queryPrefix: String?
        package var passagePrefix: String?
    }

    /// What was measured of the configuration when it was found.
    package struct Score: Sendable, Hashable, Codable {
        /// `held-out`, `cross-fitted` or `search`.
        package var kind: String
        package var objective: String
        package var questions: Int
        package var value: Double
        /// The ends of the 95 % interval.
        package var lower: Double
        package var upper: Double
    }

    /// The format that this version writes.
    static let format = "neo.release/1"
    /// The format of a release in which not everybody sees every document. What knows only the other one would show them all,
    /// so it must not read this one.
    static let formatWithReaders = "neo.release/2"
    /// The name of its file.
    package static let fileName = "manifest.json"

    package var format = Self.format
    package var release: Int
    package var project: String
    package var created: String
    /// The versions of Neo and Swift.
    package var neo: String
    package var swift: String
    package var study: String
    package var trial: Int
    /// The language that questions are asked in.
    package var language: String
    /// The language model that writes answers; nil where they are quotes.
    package var generator: String?
    package var documents: Int
    /// SHA-256 of what it was made from: `neo.yaml`, `golden`, `requirements`, `design`, `documents`, `configuration`.
    package var hashes: [String: String]
    package var models: [Model]
    package var measured: Score
    package var machine: JSONValue
    package var files: [File]

    private enum CodingKeys: String, CodingKey {
        case format, release, project, created, neo, swift, study, trial, language, generator, documents, hashes, models
        case measured, machine, files
    }

    /// Whether it holds what tells who sees which documents.
    package var namesReaders: Bool { files.contains { $0.path == ReleaseReaders.fileName } }

    /// As it is written.
    package var text: String {
        get throws { try JSONValue(encoding: self).prettyText + "\n" }
    }
}
