package import Base
internal import LanguageModels
package import Sandbox
internal import Statistics

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Measures what a skill does for a model: each case with it and without it, several times, in turns.
package struct SkillBenchmark: Sendable {
    /// What was found.
    package struct Result: Sendable {
        package var measurement: SkillMeasurement
        /// What `benchmark.json` holds.
        package var json: JSONValue
        /// The folder of the iteration.
        package var folder: String
    }

    private let trial: SkillTrial
    private let evals: SkillEvals
    private let repeats: Int

    /// - Parameters:
    ///   - repeats: how often each case is run each way.
    ///   - limits: of each run.
    package init(
        _ skill: Skill, _ content: SkillContent, model: Agent.ModelChoice, sandbox: Sandbox, repeats: Int,
        limits: AgentLimits, time: TimeSource = .system
    ) throws(AgentsError) {
        evals = try SkillEvals(skill, content)
        guard evals.cases.count >= 2 else {
            throw AgentsError(.usage, "\(skill.name) has one case; an interval needs at least two, and ten tell more.")
        }
        self.repeats = max(1, repeats)
        trial = SkillTrial(
            skill: skill, content: content, model: model, sandbox: sandbox, limits: limits, time: time)
    }

    /// Runs all, below `iteration-N` of a folder.
    ///
    /// - Parameter progress: hears what is done of how many runs.
    package func run(
        below root: String, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> Result {
        let folder = try Self.nextIteration(below: root)
        var with: [[SkillTrial.Result]] = []
        var without: [[SkillTrial.Result]] = []
        var done = 0
        for item in evals.cases {
            var (one, other): ([SkillTrial.Result], [SkillTrial.Result]) = ([], [])
            for number in 1...repeats {
                // In turns, and each first as often as the other: servers get slower or better meanwhile.
                for withSkill in number % 2 == 1 ? [true, false] : [false, true] {
                    let place = "\(folder)/eval-\(item.id)/\(withSkill ? "with_skill" : "without_skill")/run-\(number)"
                    let result = try await trial.run(item, withSkill: withSkill, in: place)
                    if withSkill { one.append(result) } else { other.append(result) }
                    done += 1
                    progress(done, evals.cases.count * repeats * 2)
                }
            }
            with.append(one)
            without.append(other)
        }
        let lift = try meanDifferenceInterval(
            zip(with, without).map { Self.mean($0.map(\.score)) - Self.mean($1.map(\.score)) })
        let measurement = SkillMeasurement(
            lift: lift, cases: evals.cases.count, repeats: repeats, date: trial.time.now().timestamp)
        let json = json(with, without, measurement)
        try SkillTrial.write(json.object ?? [:], to: folder + "/benchmark.json")
        return Result(measurement: measurement, json: json, folder: folder)
    }

    private func json(
        _ with: [[SkillTrial.Result]], _ without: [[SkillTrial.Result]], _ measurement: SkillMeasurement
    ) -> JSONValue {
        func figures(_ results: [SkillTrial.Result]) -> [String: [Double]] {
            [
                "pass_rate": results.map(\.score), "tokens": results.map { Double($0.tokens) },
                "time_seconds": results.map(\.seconds),
            ]
        }
        let (one, other) = (figures(with.flatMap(\.self)), figures(without.flatMap(\.self)))
        let cases = evals.cases.enumerated().map { place, item -> JSONValue in
            .object([
                "id": .string(item.id), "with_skill": .number(Self.mean(with[place].map(\.score))),
                "without_skill": .number(Self.mean(without[place].map(\.score))),
                "activated": .integer(with[place].count(where: \.isActivated)),
                "ungraded": .integer(item.unjudged.count),
            ])
        }
        return .object([
            "skill_name": .string(trial.skill.name), "skill_hash": .string(trial.content.hash.hex),
            "model": .string(trial.model.name), "repeats": .integer(repeats), "cases": .array(cases),
            "run_summary": .object([
                "with_skill": Self.summary(one), "without_skill": Self.summary(other),
                "delta": .object(
                    one.reduce(into: [:]) { $0[$1.key] = .number(Self.mean($1.value) - Self.mean(other[$1.key] ?? [])) }
                ),
            ]), "lift": measurement.json, "effect": .string(measurement.effect.rawValue),
        ])
    }

    private static func summary(_ figures: [String: [Double]]) -> JSONValue {
        .object(
            figures.mapValues { values in
                let mean = mean(values)
                let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
                let deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
                return .object(["mean": .number(mean), "stddev": .number(deviation)])
            })
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    private static func nextIteration(below root: String) throws -> String {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for number in 1...9_999 {
            let folder = "\(root)/iteration-\(number)"
            guard SkillFile.kind(folder) == nil else { continue }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            return folder
        }
        throw AgentsError(.storage, "\(root) has 9,999 iterations. Remove some.")
    }
}
