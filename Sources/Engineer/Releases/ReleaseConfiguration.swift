package import AutoML
internal import Base

/// What a release does: the content of its `configuration.json`.
package struct ReleaseConfiguration: Sendable, Hashable, Codable {
    /// The name of its file.
    static let fileName = "configuration.json"

    var format = "neo.release-configuration/1"
    /// The parameters.
    package var configuration: Configuration
    /// By format, the parser that read the documents.
    var parsers: [String: String]
    /// The language of questions and documents.
    var language: String
    /// Whether the model that the configuration names writes the answers.
    package var isWritten: Bool

    private enum CodingKeys: String, CodingKey {
        case format, configuration, parsers, language, isWritten
    }
}
