package import Base
package import LanguageModels
package import Retrieval

extension Workspace {
    /// Where a model's weights lie, and what names them.
    package struct ModelFiles: Sendable {
        package var folder: String
        package var identity: String

        package init(folder: String, identity: String) {
            self.folder = folder
            self.identity = identity
        }
    }

    /// Sends a request to a system and gives back what it answers; throws a sentence where it does not.
    package typealias ExternalAsk = @Sendable (_ request: JSONValue) async throws -> String
    /// Opens a system while `body` asks it.
    package typealias External =
        @Sendable (
            _ setting: ExternalSetting, _ folder: String, _ body: @Sendable (ExternalAsk) async throws -> Void
        ) async throws -> Void

    /// A language model by its role, or as `ENDPOINT/MODEL`, for what it is wanted for.
    package typealias LanguageModelPort =
        @Sendable (_ name: String, _ purpose: ModelUsePurpose) async throws -> any LanguageModel

    /// What a workspace needs from outside.
    package struct Ports: Sendable {
        /// The files of a model of the store, by name; throws a sentence with the remedy where they are missing.
        package var storedModel: @Sendable (String) throws -> ModelFiles
        /// The files of a model in a folder.
        package var modelFolder: @Sendable (_ path: String) throws -> ModelFiles
        /// An encoder that is served; throws a sentence where it cannot be reached.
        package var embedder: @Sendable (EndpointSetting) async throws -> any TextEncoder
        /// A reranker that is served.
        package var reranker: @Sendable (EndpointSetting) async throws -> any PairScorer
        /// A language model by its role, or as `ENDPOINT/MODEL`; throws a sentence where it cannot be had.
        package var languageModel: LanguageModelPort
        /// Opens a system that is not Neo's while a body asks it.
        package var external: External
        /// How many batches are encoded at the same time.
        package var threads: Int
        /// Hears how many passages are encoded.
        package var onEncoding: @Sendable (_ done: Int, _ all: Int) -> Void
        /// Hears of each file whose parser runs, because nothing was kept of it.
        package var onParsing: @Sendable (_ file: String) -> Void

        package init(
            storedModel: @escaping @Sendable (String) throws -> ModelFiles,
            modelFolder: @escaping @Sendable (_ path: String) throws -> ModelFiles,
            embedder: @escaping @Sendable (EndpointSetting) async throws -> any TextEncoder = {
                throw EndpointSetting.unreachable($0)
            },
            reranker: @escaping @Sendable (EndpointSetting) async throws -> any PairScorer = {
                throw EndpointSetting.unreachable($0)
            },
            languageModel: @escaping LanguageModelPort = { name, _ in
                throw EngineerError(
                    code: .invalidRequest, message: "Language models such as \(name) cannot be asked here.")
            },
            external: @escaping External = { setting, _, _ in throw ExternalSetting.unreachable(setting) },
            threads: Int,
            onEncoding: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in },
            onParsing: @escaping @Sendable (_ file: String) -> Void = { _ in }
        ) {
            self.storedModel = storedModel
            self.modelFolder = modelFolder
            self.embedder = embedder
            self.reranker = reranker
            self.languageModel = languageModel
            self.external = external
            self.threads = threads
            self.onEncoding = onEncoding
            self.onParsing = onParsing
        }
    }
}
