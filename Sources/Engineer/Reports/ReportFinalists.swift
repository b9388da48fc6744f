internal import AutoML
internal import Statistics

/// What a report says of constraints, latency and size.
struct ReportFinalists {
    let results: SearchResults

    var blocks: [ReportBlock] { constraints + latency }

    private var constraints: [ReportBlock] {
        guard let decision = results.decision else { return [] }
        let rows = decision.candidates.prefix(10).flatMap { candidate in
            candidate.findings.map { finding in
                [
                    "\(candidate.trial)\(candidate.trial == decision.chosen ? " (chosen)" : "")", finding.constraint,
                    finding.measured, finding.outcome.rawValue,
                ]
            }
        }
        var blocks: [ReportBlock] = [
            .heading("Constraints"),
            .paragraph(
                DecisionWords.unmet(results)
                    ?? "Trial \(decision.chosen) is the best configuration that is known to meet every constraint."),
            .table(header: ["Trial", "Constraint", "Measured", "Decision"], rows: rows),
        ]
        if decision.candidates.count > 10 {
            blocks.append(
                .paragraph("\(decision.candidates.count - 10) more configurations stand in results.json."))
        }
        if !decision.excluded.isEmpty {
            blocks.append(
                .paragraph(
                    "Not measured, because a few requests were more than three times as slow as a limit: trials "
                        + "\(decision.excluded.map(String.init).joined(separator: ", "))."))
        }
        if !decision.heldOut.isEmpty {
            blocks.append(
                .list(
                    decision.heldOut.map {
                        "On the held-out questions \"\($0.constraint)\" is \($0.outcome.rawValue) (\($0.measured))."
                    }))
        }
        return blocks + [.levels(ConstraintReading(results: results).text)]
    }

    private var latency: [ReportBlock] {
        guard let measured = results.finalists, !measured.finalists.isEmpty else { return [] }
        let front = ParetoPoints(results)
        var blocks: [ReportBlock] = [
            .heading("Quality, latency and size"),
            .paragraph(
                "After the search \(ReportText.count(measured.finalists.count, "configuration")) were measured alone, in turn, "
                    + "through the code that serves a request, without caches of questions or stages: "
                    + "\(measured.requests) requests each, on this machine. p50, p95 and p99 are the times "
                    + "within which 50, 95 and 99 of 100 requests are answered. The scores are those on the search's questions: good for comparing only."
            ),
            .paragraph(
                "Configurations marked \"front\" are the sensible choices: for each of them, no other measured one is at "
                    + "least as good in quality, latency (p95) and size\(front.costVaries ? " and cost" : ""), and "
                    + "better in one."),
            .charts([.pareto]),
            .table(
                header: [
                    "Trial", "", results.objective.metric, "p50", "p95 (95 % interval)", "p99", "Size",
                ] + ReportCosts(results: results).header + ["Requests", "Configuration"],
                rows: measured.finalists.map { row($0, isOnFront: front.front.contains($0.trial)) }),
        ]
        if let short = measured.finalists.map(\.requests).min(), short < measured.requests {
            blocks.append(
                .paragraph(
                    "The time for measuring was over before all requests were sent: \(short) of \(measured.requests) "
                        + "for at least one configuration."))
        }
        if measured.discarded > 0 {
            blocks.append(
                .paragraph(
                    "The clock went back during \(ReportText.count(measured.discarded, "request")): not counted."))
        }
        return blocks + [.levels(FrontReading(results: results, measured: measured).text)]
    }

    private func row(_ finalist: Finalist, isOnFront: Bool) -> [String] {
        let trial = results.trials.first { $0.number == finalist.trial }
        var marks: [String] = []
        if isOnFront { marks.append("front") }
        if finalist.trial == results.winner { marks.append(DecisionWords.title(results).lowercased()) }
        if finalist.trial == results.baseline { marks.append("default") }
        let p95 = finalist.p95.map { interval in
            let lower = interval.lower.map(QuantityWords.milliseconds) ?? "no lower bound"
            let upper = interval.upper.map(QuantityWords.milliseconds) ?? "no upper bound"
            return "\(QuantityWords.milliseconds(interval.estimate)) (\(lower) to \(upper))"
        }
        return [
            String(finalist.trial), marks.joined(separator: ", "),
            trial?.score.map(ReportText.interval) ?? "–",
            finalist.p50.map { QuantityWords.milliseconds($0.estimate) } ?? "–", p95 ?? "–",
            finalist.p99.map { QuantityWords.milliseconds($0.estimate) } ?? "–",
            QuantityWords.bytes(Double(finalist.indexBytes)),
        ] + ReportCosts(results: results).cell(trial) + [
            "\(finalist.requests)\(finalist.failures > 0 ? " (\(finalist.failures) failed)" : "")",
            trial.map(RankedTrials(results: results).words) ?? "–",
        ]
    }
}
