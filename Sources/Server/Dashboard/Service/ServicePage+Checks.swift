internal import Base
internal import Engineer
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    private static let featureWords = [
        "similarity": "how like the question its best passage is",
        "coverage": "how many of its words the best passage has",
        "evidence": "how strong the evidence is", "score_gap": "how far the first passage is ahead",
        "characters": "how long questions are", "terms": "how many words can be looked for",
        "out_of_distribution": "questions unlike nearly all golden ones", "words": "what words questions have",
    ]

    /// The last comparison with what came before, measure by measure, and how the ones before it ended.
    static func drift(_ records: [DriftRecord], _ looks: [DriftLook]) -> [String: JSONValue] {
        [
            "anyDrift": .bool(!records.isEmpty), "driftAt": records.first.map { PageWords.time($0.time) } ?? .null,
            "drift": .array(
                records.map { record in
                    // These two have no test, so they raise no alarm.
                    let isTold = !["psi", "jensen_shannon"].contains(record.measure)
                    return [
                        "feature": .string(record.feature), "words": .string(featureWords[record.feature] ?? ""),
                        "reference": .string(record.reference == "month" ? "the month before" : "golden questions"),
                        "measure": .string(record.measure), "value": .string(PageWords.number(record.value)),
                        "threshold": .string(PageWords.number(record.threshold)),
                        "p": .string(record.p.map { $0 < 0.0001 ? "< 0.0001" : Rounding.text($0, digits: 4) } ?? "–"),
                        "counts": .string(
                            "\(PageWords.count(record.currentCount)) and \(PageWords.count(record.referenceCount))"),
                        "state": PageWords.state(
                            record.hasDrifted ? "drifted" : isTold ? "no drift is seen" : "has no test"),
                        "detail": .string(PageWords.shortened(record.detail ?? "", 500)),
                    ]
                }),
            "looks": .array(
                looks.map { look in
                    [
                        "at": PageWords.time(look.time), "measured": .string(String(look.measured)),
                        "drifted": .string(String(look.drifted)),
                        "state": PageWords.state(look.drifted > 0 ? "drifted" : "no drift is seen"),
                    ]
                }),
        ]
    }

    static func csv(_ records: [DriftRecord]) -> String {
        StudyChart.csv(
            [
                [
                    "reference", "feature", "measure", "value", "threshold", "p", "drifted", "reference_count",
                    "current_count", "detail",
                ]
            ]
                + records.map {
                    [
                        $0.reference, $0.feature, $0.measure, "\($0.value)", "\($0.threshold)",
                        $0.p.map { "\($0)" } ?? "",
                        String($0.hasDrifted), String($0.referenceCount), String($0.currentCount), $0.detail ?? "",
                    ]
                })
    }

    private static let shownProbes = 20

    /// Golden questions that the watch asks again and again, and whether the service was ready.
    static func probes(_ all: [ProbeSummary], _ view: ProjectOverview) -> [String: JSONValue] {
        let questions = Dictionary(
            (view.golden?.questions ?? []).map { ($0.id, $0.question) }, uniquingKeysWith: { first, _ in first })
        let golden = all.filter { $0.last.question != ProbeRecord.heartbeat }
        // Those that failed last stand first, and are shown all; a long list of what is in order hides what is not.
        let shown = golden.prefix(max(shownProbes, golden.count { !$0.last.hasPassed }))
        let heartbeat = all.first { $0.last.question == ProbeRecord.heartbeat }
        return [
            "anyProbes": .bool(!golden.isEmpty),
            "probes": .array(
                shown.map { probe in
                    [
                        "name": .string(probe.last.question),
                        "words": .string(PageWords.shortened(questions[probe.last.question] ?? "", 300)),
                        "path": .string("/p/\(view.found.id)/golden#q-\(PageWords.anchor(probe.last.question))"),
                        "anchor": .string(PageWords.anchor(probe.last.question)),
                        "passed": .string("\(PageWords.count(probe.passed)) of \(PageWords.count(probe.asked))"),
                        "at": PageWords.time(probe.last.time),
                        "state": PageWords.state(probe.last.hasPassed ? "found" : "not found"),
                        "detail": .string(PageWords.shortened(probe.last.detail, 500)),
                    ]
                }),
            "moreProbes": golden.count > shown.count
                ? .string(
                    "\(PageWords.count(golden.count - shown.count)) more found what they should; the CSV has them all.")
                : .null,
            "heartbeat": heartbeat.map { probe in
                [
                    "words": .string(
                        "Asked from outside \(times(probe.asked)) whether it is ready, it was not "
                            + "\(times(probe.asked - probe.passed))."),
                    "state": PageWords.state(probe.last.hasPassed ? "ready" : "failed"),
                    "detail": .string(PageWords.shortened(probe.last.detail, 500)),
                    "at": PageWords.time(probe.last.time),
                ]
            } ?? .null,
        ]
    }

    private static func times(_ count: Int) -> String {
        "\(PageWords.count(count)) time\(count == 1 ? "" : "s")"
    }

    static func csv(_ probes: [ProbeSummary]) -> String {
        StudyChart.csv(
            [["question", "asked", "passed", "last", "last_passed", "detail"]]
                + probes.map {
                    [
                        $0.last.question, String($0.asked), String($0.passed),
                        Date(timeIntervalSince1970: $0.last.time).timestamp, String($0.last.hasPassed), $0.last.detail,
                    ]
                })
    }

    /// The documents that are followed, and what of the golden questions stands on those that changed.
    static func documents(_ documents: FollowedDocuments?, _ view: ProjectOverview) -> JSONValue {
        guard let documents else { return .null }
        return [
            "watched": .string(PageWords.count(documents.watched)), "anyChanged": .bool(!documents.changed.isEmpty),
            "changed": .array(documents.changed.prefix(200).map { .string($0) }),
            "seen": documents.seen.map { PageWords.time($0) } ?? .null,
            "questions": .array(
                documents.questions.prefix(200).map {
                    ["name": .string($0), "path": .string("/p/\(view.found.id)/golden#q-\(PageWords.anchor($0))")]
                }), "anyQuestions": .bool(!documents.questions.isEmpty),
        ]
    }
}
