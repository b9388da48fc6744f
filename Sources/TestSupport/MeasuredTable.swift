package import AutoML

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Every configuration of a grid on every question, as `make test-peers` takes it from searched projects: searches are
/// replayed on it without measuring anything.
package struct MeasuredTable: Decodable, Sendable {
    /// The data set.
    package var name: String
    /// The space.
    package var parameters: [Parameter]
    /// The questions.
    package var items: [String]
    /// Every configuration of the space.
    package var configurations: [Configuration]
    /// A row a configuration, with one score a question.
    package var scores: [[Double]]

    /// The best mean of any configuration.
    package var best: Double { scores.map { $0.reduce(0, +) / Double($0.count) }.max() ?? 0 }

    /// Reads a table.
    package init(path: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// Reads all tables of a folder, by name.
    package static func all(in folder: String) throws -> [MeasuredTable] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
            .map { try MeasuredTable(path: folder + "/" + $0) }
    }
}

extension MeasuredTable {
    /// Who tells what a table holds, as the metric `score`.
    package struct Reader: Evaluator {
        private let items: [String: Int]
        private let scores: [Configuration: [Double]]

        @concurrent
        package func measure(_ configuration: Configuration, on wanted: [String]) async throws -> [Measurement] {
            let row = scores[configuration] ?? []
            return wanted.map { item in
                Measurement(item: item, metrics: ["score": items[item].map { row[$0] } ?? .nan])
            }
        }

        fileprivate init(_ table: MeasuredTable) {
            items = Dictionary(uniqueKeysWithValues: table.items.enumerated().map { ($1, $0) })
            scores = Dictionary(uniqueKeysWithValues: zip(table.configurations, table.scores))
        }
    }

    /// Measures by looking up.
    package var reader: Reader { Reader(self) }
}
