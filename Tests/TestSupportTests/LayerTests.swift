import Base
import Foundation
import Processes
import TestSupport
import Testing

@Suite struct LayerTests {
    @Test("The package's targets depend only downward, or sideways where ARCHITECTURE.md allows it")
    func packageObeysItsLayers() async throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()
        // A scratch folder of its own: the one of the package is locked while its tests run.
        let result = try await withTemporaryDirectory { scratch in
            try await ChildProcess(
                executable: "swift",
                arguments: ["package", "--package-path", root, "--scratch-path", scratch, "dump-package"]
            ).run()
        }
        try #require(result.status == 0, "\(result.errorOutput)")
        let package = try JSONValue(parsing: result.output)
        // A dump that was misread would break no rule either.
        let processes = package["targets"]?.array?.first { $0["name"] == "Processes" }
        #expect(processes?["dependencies"]?.array?.contains { $0["byName"]?.array?.first == "Base" } == true)
        #expect(PackageLayers.neo.violations(in: package) == [])
    }

    @Test(
        "An edge that points upward or sideways is found",
        arguments: [
            ("Base", "Retrieval", "Base (L0) depends on Retrieval (L1): upward."),
            ("RAG", "Engineer", "RAG (L3) depends on Engineer (L4): upward."),
            ("Retrieval", "Encoders", "Retrieval (L1) depends on Encoders (L1): sideways."),
            ("Storage", "Documents", "Storage (L2) depends on Documents (L2): sideways."),
            ("Server", "Commands", "Server (L5) depends on Commands (L5): sideways."),
            ("neo", "Server", "neo (L5) depends on Server (L5): sideways."),
            ("RAG", "TestSupport", "RAG (L3) depends on TestSupport, which is for tests only."),
            ("RAG", "Elsewhere", "RAG (L3) depends on Elsewhere, which is in no layer."),
        ]
    )
    func badEdgeIsFound(from: String, to: String, sentence: String) {
        let package = Self.package(from: from, to: to)
        #expect(PackageLayers.neo.violations(in: package).contains(sentence))
    }

    @Test(
        "An edge that points downward, or sideways where it is allowed, is no violation",
        arguments: [
            ("Engineer", "Base"), ("TestSupport", "Base"), ("AutoML", "Statistics"), ("Downloads", "Processes"),
            ("Commands", "Server"), ("neo", "Commands"),
        ]
    )
    func goodEdgePasses(from: String, to: String) {
        #expect(PackageLayers.neo.violations(in: Self.package(from: from, to: to)) == [])
    }

    @Test("A target that is in no layer is found")
    func unknownTargetIsFound() {
        #expect(
            PackageLayers.neo.violations(in: Self.package(from: "Vision", to: "Base")) == ["Vision is in no layer."])
    }

    @Test("A test target may use anything")
    func testTargetIsExempt() {
        let package = Self.package(from: "BaseTests", to: "Commands", type: "test")
        #expect(PackageLayers.neo.violations(in: package) == [])
    }

    /// What `swift package dump-package` would print for two targets, of which the first uses the second.
    private static func package(from: String, to: String, type: String = "regular") -> JSONValue {
        [
            "targets": [
                [
                    "name": .string(from), "type": .string(type),
                    "dependencies": [["byName": [.string(to), nil]], ["product": ["Yams", "Yams", nil, nil]]],
                ],
                ["name": .string(to), "type": "regular", "dependencies": []],
            ]
        ]
    }
}
