import Base
import FoundationEssentials
import TestSupport

@testable import Downloads

/// A model of two small files.
enum TestModel {
    static let weights = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    static let settings = Array(#"{"model_type":"bert"}"#.utf8)

    static func entry(
        sources: [ModelEntry.Source] = [.hub(repository: "test/tiny", revision: "abc")]
    ) -> ModelEntry {
        ModelEntry(
            name: "tiny", revision: "abc", licence: "MIT", dimension: 32,
            files: [
                file("model.safetensors", weights), file("1_Pooling/config.json", settings),
            ],
            sources: sources
        )
    }

    /// The right content for a path of the first repository.
    static func content(_ path: String) -> [UInt8]? {
        switch path.split(separator: "/").last {
        case "model.safetensors": weights
        case "config.json": settings
        default: nil
        }
    }

    private static func file(_ path: String, _ bytes: [UInt8]) -> ModelEntry.File {
        ModelEntry.File(path: path, size: bytes.count, hash: ContentHash(of: Data(bytes)))
    }
}

/// Runs `body` with a path below which nothing exists yet; what comes to be there is removed afterwards.
func withTemporaryRoot<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let root = FileManager.default.temporaryDirectory.path + "/downloads-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    return try await body(root)
}

extension ModelStore {
    /// A store of the test model that never sleeps and reaches nothing but a loopback hub.
    static func test(
        root: String, endpoint: String = "http://127.0.0.1:9", entry: ModelEntry = TestModel.entry(),
        token: String = "", proxies: ProxySettings = ProxySettings(), attempts: Int = 3,
        connectMilliseconds: Int64 = 2000, pauses: Collected<Int> = Collected(),
        extractor: ArchiveExtractor = ArchiveExtractor { _, member, _ in
            throw DownloadsError(.unavailable, "no archive has \(member)")
        },
        packages: PackageDownloader = PackageDownloader { package, _, _ in
            throw DownloadsError(.unavailable, "no index has \(package)")
        }
    ) -> ModelStore {
        ModelStore(
            root: root, catalogue: ModelCatalogue(entries: [entry]),
            hub: HubClient(
                endpoint: endpoint, token: Secret(token), proxies: proxies, attempts: attempts,
                connectMilliseconds: connectMilliseconds, pause: { pauses.add($0) }
            ),
            extractor: extractor, packages: packages, wait: { await Task.yield() }
        )
    }
}
