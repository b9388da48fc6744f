import Base
import Foundation
import TestSupport
import Testing

@testable import AutoML

@Suite struct FamilyWiseErrorTests {
    @Test(arguments: NullSearch.Kind.allCases)
    func `Whole searches among equals call hardly any configuration worse`(kind: NullSearch.Kind) async throws {
        let search = try NullSearch()
        var generator = SplitMix64(seed: 31, stream: kind.rawValue)
        var errors = NullSearch.Errors()
        for run in 0..<100 {
            try await search.run(
                search.scores(kind, &generator), racing: run % 2 == 0 ? .usual : nil, seed: UInt64(run), into: &errors)
        }
        // 5 % of 100 and three standard deviations.
        #expect(errors.worse <= 11)
        #expect(errors.control > 50)
        #expect(errors.stopped > 250)
    }
}

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/tables" }

/// The same at length, and on measured scores whose configurations are exchanged on each question.
@Suite(.enabled(if: folder.map(FileManager.default.fileExists) == true, "make test-peers writes the tables"))
struct FamilyWiseErrorPeerTests {
    private static let runs = 2000

    @Test func `Family-wise error of whole searches`() async throws {
        var rows = ["scores | runs | worse | repeated t-test | stopped of 24"]
        for racing in [Racing.usual, nil] {
            for kind in NullSearch.Kind.allCases {
                let search = try NullSearch()
                rows.append(
                    try await count(kind.rawValue, search, racing: racing) { search.scores(kind, &$0) })
            }
            for table in try AllocationPeerTests.tables() {
                let search = NullSearch(space: try SearchSpace(table.parameters), items: table.items)
                rows.append(
                    try await count(table.name, search, racing: racing) {
                        search.permuted(table.configurations, table.scores, &$0)
                    })
            }
        }
        print(rows.joined(separator: "\n"))
    }

    private func count(
        _ name: String, _ search: NullSearch, racing: Racing?,
        scores: (inout SplitMix64) -> [Configuration: [Double]]
    ) async throws -> String {
        var generator = SplitMix64(seed: 32, stream: name)
        var errors = NullSearch.Errors()
        for run in 0..<Self.runs {
            try await search.run(scores(&generator), racing: racing, seed: UInt64(run), into: &errors)
        }
        #expect(Double(errors.worse) <= 0.05 * Double(errors.runs), "\(name)")
        return row(name, errors)
    }

    private func row(_ name: String, _ errors: NullSearch.Errors) -> String {
        let runs = Double(errors.runs)
        let shares = [100 * Double(errors.worse) / runs, 100 * Double(errors.control) / runs]
        return "\(name) | \(errors.runs) | " + shares.map { String(format: "%.1f %%", $0) }.joined(separator: " | ")
            + String(format: " | %.1f", Double(errors.stopped) / runs)
    }
}
