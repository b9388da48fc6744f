package import AutoML
package import Base
internal import RAG
internal import Statistics

/// One configuration, or one system that is not Neo's, measured on all golden questions: the work of `neo eval`.
package struct Evaluation: Sendable, Hashable {
    /// Nil of a system that is not Neo's.
    package let configuration: Configuration?
    /// What else was measured of a system that is not Neo's.
    package let external: ExternalMeasurement?
    package let objective: Objective
    /// The objective's mean with its 95 % interval.
    package let score: SearchResults.Estimate
    /// The mean of every metric.
    package let metrics: [String: Double]
    /// One a question.
    package let measurements: [Measurement]
    private let project: String

    /// Measures the configuration.
    @concurrent
    package static func run(_ workspace: Workspace, configuration: Configuration) async throws -> Evaluation {
        let golden = try await ProjectGolden.load(workspace, measuring: [configuration])
        let evaluator = golden.evaluator(workspace)
        let measurements = try await evaluator.measure(configuration, on: golden.items.map(\.id))
        return Evaluation(measurements, configuration, workspace: workspace, golden: golden)
    }

    /// Asks a system that is not Neo's.
    @concurrent
    package static func run(
        _ workspace: Workspace, external setting: ExternalSetting, time: TimeSource = .system,
        onAsking: @escaping @Sendable (_ name: String, _ done: Int, _ all: Int) -> Void = { _, _, _ in }
    ) async throws -> Evaluation {
        let golden = try await ProjectGolden.load(workspace)
        let measured = try await ExternalEvaluator(workspace, golden: golden, time: time, onAsking: onAsking)
            .measure(setting, on: golden.items.map(\.id), database: nil)
        return Evaluation(measured.measurements, nil, external: measured, workspace: workspace, golden: golden)
    }

    private init(
        _ measurements: [Measurement], _ configuration: Configuration?, external: ExternalMeasurement? = nil,
        workspace: Workspace, golden: ProjectGolden
    ) {
        let scores = ScoreTable(measurements, objective: golden.objective)
        self.configuration = configuration
        self.external = external
        objective = golden.objective
        score = scores.estimate(groups: golden.groups(of: scores.items))
        metrics = scores.means
        self.measurements = measurements
        project = workspace.project.file.name
    }

    /// The evaluation as one object.
    package var json: JSONValue {
        [
            "project": .string(project),
            "configuration": configuration.map { .object($0.values) } ?? .null,
            "external": external?.json ?? .null,
            "objective": .string(objective.metric),
            "score": ["value": .number(score.value), "lower": .number(score.lower), "upper": .number(score.upper)],
            "metrics": .object(metrics.mapValues { .number($0) }),
            "questions": .array(
                measurements.map { measurement in
                    [
                        "id": .string(measurement.item),
                        "metrics": .object(measurement.metrics.mapValues { .number($0) }),
                        "failure": measurement.failure.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// The evaluation for people.
    package var text: String {
        let table = metrics.sorted { $0.key < $1.key }.map { "  \($0.key)  \(Rounding.text($0.value))" }
        return """
            \(objective.metric) \(Rounding.text(score.value)), 95 % interval \(Rounding.text(score.lower)) to \
            \(Rounding.text(score.upper)), on \(measurements.count) questions
            \((table + (external?.sentences() ?? [])).joined(separator: "\n"))
            """
    }

    /// A JUnit file with one test case a question: a question fails where it could not be measured or, with a
    /// threshold, where its own score is under it.
    package func junit(threshold: Double?) -> String {
        let cases = measurements.map { measurement -> (text: String, failed: Bool) in
            let value = measurement.metrics[objective.metric] ?? 0
            let reason =
                measurement.failure
                ?? threshold.flatMap { value < $0 ? "\(objective.metric) \(Rounding.text(value)) is under \($0)" : nil }
            let name = Self.escaped(measurement.item)
            guard let reason else { return ("  <testcase classname=\"golden\" name=\"\(name)\"/>", false) }
            return (
                "  <testcase classname=\"golden\" name=\"\(name)\"><failure message=\"\(Self.escaped(reason))\"/></testcase>",
                true
            )
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="\(Self.escaped(project))" tests="\(cases.count)" failures="\(cases.count(where: \.failed))">
            \(cases.map(\.text).joined(separator: "\n"))
            </testsuite>

            """
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result += " "
            // XML 1.0 has no way to write other control characters.
            case "\u{0}"..<"\u{20}": continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
