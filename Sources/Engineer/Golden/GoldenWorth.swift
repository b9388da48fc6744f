internal import AutoML
package import Base
internal import Statistics
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// How much more golden questions are worth, against more trials of the search: the work of `neo golden worth`.
///
/// The interval of the winner's number shrinks as √(n/(n + m)) with m questions more, because a standard error does so with
/// the variance that was seen. What questions gain is ``expectedValueOfSampleInformation(_:more:draws:using:)`` over the
/// leading trials, and what trials gain ``expectedImprovement(_:more:limit:)``: both say by how much the winner's true score is
/// expected to rise.
package struct GoldenWorth: Sendable {
    /// What an hour costs; what is nil is measured, or taken as usual where nothing was.
    package struct Prices: Sendable {
        package var minutesPerLabel: Double?
        package var dollarsPerMinute: Double
        package var dollarsPerComputeHour: Double

        /// Prices.
        package init(minutesPerLabel: Double? = nil, dollarsPerMinute: Double = 1, dollarsPerComputeHour: Double = 0) {
            self.minutesPerLabel = minutesPerLabel
            self.dollarsPerMinute = dollarsPerMinute
            self.dollarsPerComputeHour = dollarsPerComputeHour
        }
    }

    /// What the next hour is better spent on.
    package enum Advice: String, Sendable {
        case labels, trials, neither
    }

    /// An hour of one of the two.
    package struct Hour: Sendable {
        /// How many labels, or trials, it gives.
        package let count: Int
        /// By how much the winner's true score is expected to rise; nil where nothing can be said.
        package let gain: Double?
        package let dollars: Double
    }

    /// Below it a gain is none.
    package static let least = 0.001
    /// Where no label was timed: 30 an hour.
    private static let usualMinutes = 2.0
    private static let leaders = 8
    /// More trials than that are not looked ahead.
    private static let mostTrials = 10_000

    package let metric: String
    package let score: Double
    package let questions: Int
    package let width: Double
    package let added: Int
    package let widthAfter: Double
    package let minutesPerLabel: Double
    package let isLabelTimed: Bool
    package let secondsPerTrial: Double?
    package let labels: Hour
    package let trials: Hour?
    package let advice: Advice

    /// Reads the last search of a project.
    ///
    /// - Parameter added: for how many questions more the interval is told.
    /// - Throws: `EngineerError` where no search has finished, or its study is not in the database any more.
    package static func of(_ project: Project, adding added: Int = 20, prices: Prices = Prices()) async throws
        -> GoldenWorth
    {
        let results = try ReportArchive.read(project)
        guard FileManager.default.fileExists(atPath: project.databasePath) else { throw gone(results.study) }
        let database = try NeoDatabase(path: project.databasePath)
        guard let study = try await database.studies().first(where: { $0.id.hex.hasPrefix(results.study) }) else {
            throw gone(results.study)
        }
        let journal = database.journal(of: study)
        var tables: [ScoreTable] = []
        for trial in results.trials where trial.state == .complete {
            tables.append(
                ScoreTable(try await journal.measurements(ofTrial: trial.number), objective: results.objective))
        }
        let most = tables.map(\.items.count).max() ?? 0
        // Only trials that saw the same questions can be compared.
        let rows = tables.filter { $0.items.count == most }.map { table in
            zip(table.items, table.scores).sorted { $0.0 < $1.0 }.map(\.1)
        }
        let spendings = try await journal.spendings().filter { $0.trial != nil }
        let ledger = try await CallCosts.read(project, by: .role, since: nil)
        return try GoldenWorth(
            results, rows: rows, spendings: spendings.map { ($0.seconds, $0.cost) },
            labelled: ledger.totals.first { $0.group == LabelCost.role }, added: added, prices: prices)
    }

    private init(
        _ results: SearchResults, rows: [[Double]], spendings: [(seconds: Double, cost: Double)], labelled: CallTotal?,
        added: Int, prices: Prices
    ) throws {
        metric = results.objective.metric
        score = results.verdict.winner.value
        questions = results.verdict.questions
        width = results.verdict.winner.upper - results.verdict.winner.lower
        self.added = added
        let count = Double(max(questions, 1))
        widthAfter = width * (count / (count + Double(added))).squareRoot()
        let timed = labelled.flatMap { $0.calls >= 5 ? $0.seconds / Double($0.calls) / 60 : nil }
        let minutes = max(0.05, prices.minutesPerLabel ?? timed ?? Self.usualMinutes)
        minutesPerLabel = minutes
        isLabelTimed = prices.minutesPerLabel == nil && timed != nil
        let perHour = max(1, Int((60 / minutes).rounded(.down)))
        let leading = rows.sorted { $0.reduce(0, +) > $1.reduce(0, +) }.prefix(Self.leaders)
        let random = SplitMix64(seed: results.seed, stream: "worth of labels")
        labels = Hour(
            count: perHour,
            gain: leading.count > 1 && (leading.first?.count ?? 0) > 1
                ? try expectedValueOfSampleInformation(Array(leading), more: perHour, using: random) : nil,
            dollars: 60 * prices.dollarsPerMinute)
        // Times of single trials are only kept where somebody needs them: else the whole is shared out.
        let whole = results.timings["phases"]?["searching"]?.number.map { $0 / Double(max(1, results.trials.count)) }
        let seconds = (median(of: spendings.map(\.seconds).filter { $0 > 0 }) ?? whole).flatMap { $0 > 0 ? $0 : nil }
        secondsPerTrial = seconds
        trials = try seconds.map { seconds in
            let count = min(Self.mostTrials, max(1, Int(3600 / seconds)))
            let dollars = spendings.reduce(0) { $0 + $1.cost } / Double(max(1, spendings.count))
            return Hour(
                count: count,
                gain: rows.count >= 3 && (rows.first?.count ?? 0) > 1
                    ? try expectedImprovement(rows, more: count) : nil,
                dollars: dollars * Double(count)
                    + prices.dollarsPerComputeHour * Double(count) * seconds / 3600)
        }
        advice = Self.advice(labels, trials)
    }

    /// The larger gain for a dollar where both cost some, else the larger gain.
    private static func advice(_ labels: Hour, _ trials: Hour?) -> Advice {
        let (first, second) = (labels.gain ?? 0, trials?.gain ?? 0)
        guard max(first, second) >= least else { return .neither }
        if let trials, labels.dollars > 0, trials.dollars > 0 {
            return first / labels.dollars >= second / trials.dollars ? .labels : .trials
        }
        return first >= second ? .labels : .trials
    }

    private static func gone(_ study: String) -> EngineerError {
        EngineerError(
            code: .noResults,
            message: "The study \(study) of results.json is not in the project's database: run neo search again.")
    }

    /// For people.
    package var text: String {
        func number(_ value: Double) -> String { Rounding.text(value) }
        func money(_ value: Double) -> String { "$" + number((value * 100).rounded() / 100).dropLast() }
        var lines = [
            "\(metric) of the winner: \(number(score)) on \(questions) questions; its 95 % interval is \(number(width)) wide, and "
                + "\(number(widthAfter)) after \(added) more.",
            "An hour of labels: \(labels.count) questions (\(number(minutesPerLabel)) minutes each, "
                + (isLabelTimed ? "as measured" : "not measured") + "), \(money(labels.dollars)); "
                + (labels.gain.map {
                    "choosing with them is expected to raise the winner's true score by \(number($0))."
                }
                    ?? "nothing can be said of what they gain: fewer than two trials saw the same questions."),
        ]
        if let trials, let seconds = secondsPerTrial {
            lines.append(
                "An hour of trials: \(trials.count) (\(number(seconds)) s each), \(money(trials.dollars)); "
                    + (trials.gain.map { "they are expected to raise it by \(number($0))." }
                        ?? "nothing can be said of what they gain: there are fewer than three."))
        } else {
            lines.append("What a trial takes is not known, so trials cannot be weighed against labels.")
        }
        switch advice {
        case .labels: lines.append("The next hour is better spent on labels.")
        case .trials: lines.append("The next hour is better spent on trials.")
        case .neither:
            lines.append(
                "Neither is expected to raise the winner by \(number(Self.least)). Labels still make the number narrower."
            )
        }
        return lines.joined(separator: "\n")
    }

    /// The fields of `neo golden worth --json`.
    package var json: JSONValue {
        func hour(_ hour: Hour) -> JSONValue {
            [
                "count": .integer(hour.count), "gain": hour.gain.map { .number($0) } ?? .null,
                "dollars": .number(hour.dollars),
            ]
        }
        return [
            "metric": .string(metric), "score": .number(score), "questions": .integer(questions),
            "width": .number(width), "added": .integer(added), "width_after": .number(widthAfter),
            "minutes_per_label": .number(minutesPerLabel), "labels_timed": .bool(isLabelTimed),
            "seconds_per_trial": secondsPerTrial.map { .number($0) } ?? .null, "label_hour": hour(labels),
            "trial_hour": trials.map(hour) ?? .null, "advice": .string(advice.rawValue),
        ]
    }
}
