package import AutoML
package import Base
internal import RAG
internal import Storage

/// Two configurations, or systems that are not Neo's, on the same golden questions: the work of `neo compare`.
package struct Comparison: Sendable, Hashable {
    /// One of the two.
    package struct Side: Sendable, Hashable {
        /// What the user called it.
        package let name: String
        /// Nil of a system that is not Neo's.
        package let configuration: Configuration?
        /// What else was measured of a system that is not Neo's.
        package let external: ExternalMeasurement?
        /// What a reader of a foreign system's score must know.
        package let notes: [String]
        package let score: SearchResults.Estimate
        /// How many questions could not be measured; they count as the worst.
        package let failures: Int
    }

    /// The means on the questions of one type.
    package struct Slice: Sendable, Hashable {
        package let type: String
        package let questions: Int
        package let first: Double
        package let second: Double
    }

    /// A question on which the two differ.
    package struct Difference: Sendable, Hashable {
        package let id: String
        package let question: String
        package let first: Double
        package let second: Double
    }

    package let objective: Objective
    package let questions: Int
    package let first: Side
    package let second: Side
    /// First minus second, paired by question; whole clusters of questions are drawn.
    package let difference: SearchResults.Estimate
    package let slices: [Slice]
    /// Where they differ most, of the questions that the search saw; held-out ones stay unread.
    package let largest: [Difference]
    /// How often the held-out questions have been opened, this time included; nil where others were asked.
    package let openings: Int?
    /// Whether held-out questions are among all of them.
    package let mixesHeldOut: Bool

    /// Measures both.
    ///
    /// - Parameters:
    ///   - isHeldOut: whether only the held-out questions of the last search are asked, which counts as an opening.
    /// - Throws: `EngineerError` where a name means nothing, or there are no held-out questions.
    @concurrent
    package static func run(
        _ workspace: Workspace, _ firstName: String, _ secondName: String, isHeldOut: Bool,
        time: TimeSource = .system,
        onAsking: @escaping @Sendable (_ name: String, _ done: Int, _ all: Int) -> Void = { _, _, _ in }
    ) async throws -> Comparison {
        let names = [firstName, secondName]
        let systems = try names.map { try MeasuredSystem(named: $0, workspace: workspace) }
        let golden = try await ProjectGolden.load(workspace, measuring: systems.compactMap(\.configuration))
        let held = try HeldOutQuestions(workspace, golden: golden)
        let ids = isHeldOut ? try held.required() : golden.items.map(\.id)
        let evaluator = golden.evaluator(workspace)
        // Before anything is read from them: an opening that fails half-way is one all the same.
        let openings = isHeldOut ? try await held.recordOpening(workspace.project, time: time) : nil
        let externals = ExternalEvaluator(workspace, golden: golden, time: time, onAsking: onAsking)
        var tables: [ScoreTable] = []
        var measured: [ExternalMeasurement?] = []
        for system in systems {
            switch system {
            case .configuration(let configuration):
                tables.append(
                    ScoreTable(try await evaluator.measure(configuration, on: ids), objective: golden.objective))
                measured.append(nil)
            case .external(let setting):
                let external = try await externals.measure(setting, on: ids, database: nil)
                tables.append(ScoreTable(external.measurements, objective: golden.objective))
                measured.append(external)
            }
        }
        let groups = golden.groups(of: ids)
        let sides = names.indices.map { side in
            Side(
                name: names[side], configuration: systems[side].configuration, external: measured[side],
                notes: measured[side]?.sentences(hiding: held.ids) ?? [],
                score: tables[side].estimate(groups: groups), failures: tables[side].failures
            )
        }
        let rows = ids.indices.map { position in
            Difference(
                id: ids[position], question: golden.question(ids[position])?.question ?? "",
                first: tables[0].scores[position], second: tables[1].scores[position]
            )
        }
        let bySlice = Dictionary(grouping: rows) { golden.question($0.id)?.type ?? "other" }
        return Comparison(
            objective: golden.objective, questions: ids.count, first: sides[0], second: sides[1],
            difference: ScoreTable.estimate(differences: rows.map { $0.first - $0.second }, groups: groups),
            slices: bySlice.sorted { $0.key < $1.key }.map { type, rows in
                let count = Double(rows.count)
                return Slice(
                    type: type, questions: rows.count, first: rows.reduce(0) { $0 + $1.first } / count,
                    second: rows.reduce(0) { $0 + $1.second } / count)
            },
            largest: largest(rows.filter { !held.ids.contains($0.id) }), openings: openings,
            mixesHeldOut: !isHeldOut && !held.ids.isEmpty
        )
    }

    private static func largest(_ rows: [Difference]) -> [Difference] {
        let differing = rows.filter { $0.first != $0.second }.sorted { left, right in
            let sizes = [left, right].map { abs($0.first - $0.second) }
            return sizes[0] == sizes[1] ? left.id < right.id : sizes[0] > sizes[1]
        }
        return Array(differing.prefix(10))
    }
}
