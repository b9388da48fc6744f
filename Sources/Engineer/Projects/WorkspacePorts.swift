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

    /// What a workspace needs from outside.
    package struct Ports: Sendable {
        /// The files of a model of the store, by name; throws a sentence with the remedy where they are missing.
        package var storedModel: @Sendable (String) throws -> ModelFiles
        /// The files of a model in a folder.
        package var modelFolder: @Sendable (_ path: String) throws -> ModelFiles
        /// An encoder that is served; throws a sentence where it cannot be reached.
        package var embedder: @Sendable (EndpointSetting) async throws -> any TextEncoder
        /// A reranker that is served.
        package var reranker: @Sendable (EndpointSetting) throws -> any PairScorer
        /// What the served models were asked so far.
        package var uses: @Sendable () -> [ModelUse]
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
            reranker: @escaping @Sendable (EndpointSetting) throws -> any PairScorer = {
                throw EndpointSetting.unreachable($0)
            },
            uses: @escaping @Sendable () -> [ModelUse] = { [] },
            threads: Int,
            onEncoding: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in },
            onParsing: @escaping @Sendable (_ file: String) -> Void = { _ in }
        ) {
            self.storedModel = storedModel
            self.modelFolder = modelFolder
            self.embedder = embedder
            self.reranker = reranker
            self.uses = uses
            self.threads = threads
            self.onEncoding = onEncoding
            self.onParsing = onParsing
        }
    }
}
