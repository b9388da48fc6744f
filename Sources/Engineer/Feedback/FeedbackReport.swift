package import Base
internal import Statistics
package import Storage

/// What people say of a service's answers.
package struct FeedbackReport: Sendable {
    /// By release, those that are no release first.
    package let thumbs: [ThumbReport]
    package let preferences: PreferenceReport
    /// How often each reason was given for a thumb down that counts, the commonest first.
    package let reasons: [(reason: FeedbackReason, count: Int)]
    package let corrections: Int
    /// How often sources were opened, by document, the commonest first; at most 20.
    package let citations: [(document: String, count: Int)]

    init(thumbs: [ThumbReport], preferences: PreferenceReport, rows: [FeedbackRow]) {
        self.thumbs = thumbs
        self.preferences = preferences
        reasons = Self.counted(rows.filter(\.counts).compactMap { $0.reason.flatMap(FeedbackReason.init) })
            .map { (reason: $0.0, count: $0.1) }
        corrections = rows.count { $0.kind == .correction }
        citations = Self.counted(rows.compactMap { $0.kind == .citation ? $0.document : nil }).prefix(20)
            .map { (document: $0.0, count: $0.1) }
    }

    /// What was said since a time, from a service's records.
    package static func make(from database: ServiceDatabase, since start: Double = 0) async throws -> FeedbackReport {
        FeedbackReport(
            thumbs: try await database.thumbs(since: start).map { ThumbReport($0) },
            preferences: PreferenceReport(try await database.comparisons(since: start)),
            rows: try await database.feedback(since: start, limit: 10_000))
    }

    private static func counted<Value: Hashable>(_ values: [Value]) -> [(Value, Int)] {
        Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
            .sorted { ($1.value, "\($0.key)") < ($0.value, "\($1.key)") }.map { ($0.key, $0.value) }
    }

    /// Whether anybody said anything.
    package var isEmpty: Bool {
        thumbs.isEmpty && preferences.comparisons == 0 && corrections == 0 && citations.isEmpty
    }

    /// The fields of `neo feedback --json`.
    package var json: JSONValue {
        [
            "thumbs": .array(thumbs.map(\.json)), "preferences": preferences.json,
            "reasons": .object(
                Dictionary(uniqueKeysWithValues: reasons.map { ($0.reason.rawValue, .integer($0.count)) })),
            "corrections": .integer(corrections),
            "citations": .array(
                citations.map { ["document": .string($0.document), "opened": .integer($0.count)] }),
        ]
    }

    /// For people.
    package var text: String {
        guard !isEmpty else { return "Nobody has said anything of the answers yet." }
        var lines: [String] = []
        for thumb in thumbs {
            let name = thumb.release.map { "release \($0)" } ?? "no release"
            guard let share = thumb.share else {
                lines.append("\(name): nothing that counts (\(thumb.damped) came in a flood)")
                continue
            }
            lines.append(
                "\(name): \(Self.percent(share.estimate)) up (95 % interval \(Self.percent(share.lower)) to "
                    + "\(Self.percent(share.upper))), \(thumb.up) up and \(thumb.down) down"
                    + (thumb.damped > 0 ? ", \(thumb.damped) more came in a flood and do not count" : ""))
        }
        if !reasons.isEmpty {
            lines.append(
                "why not: "
                    + reasons.map {
                        "\($0.reason.words.prefix(1).lowercased())\($0.reason.words.dropFirst()) (\($0.count))"
                    }
                    .joined(separator: ", "))
        }
        if corrections > 0 { lines.append("\(ReportText.count(corrections, "correction")): neo feedback propose") }
        lines += preferences.sentences
        if let most = citations.first {
            lines.append("opened most: \(most.document) (\(most.count))")
        }
        return lines.joined(separator: "\n")
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension PreferenceReport {
    /// For people.
    var sentences: [String] {
        guard comparisons > 0 || damped > 0 else { return [] }
        var lines = [
            "side by side: \(ReportText.count(comparisons, "comparison")), \(ties) of them ties"
                + (damped > 0 ? "; \(damped) more came in a flood and do not count" : "")
        ]
        if let unrated { lines.append("  no ratings: \(unrated)") }
        for entry in ratings {
            lines.append(
                "  release \(entry.release): \(Int(entry.rating.estimate.rounded())) "
                    + "(\(Int(entry.rating.lower.rounded())) to \(Int(entry.rating.upper.rounded())))")
        }
        for pair in pairs {
            lines.append(
                "  release \(pair.better) is preferred to \(pair.other) with a probability of "
                    + "\(FeedbackReport.percent(pair.probability.estimate)) (\(FeedbackReport.percent(pair.probability.lower)) to "
                    + "\(FeedbackReport.percent(pair.probability.upper))): "
                    + (pair.isSeparable
                        ? "told apart; \(ReportText.count(pair.votesToTurn, "vote")) less would turn it"
                        : "not told apart from chance"))
        }
        if let position, position.lower > 0 || position.upper < 0 {
            lines.append(
                "  what is shown first is preferred \(position.estimate > 0 ? "more" : "less") often; the ratings are without it"
            )
        }
        return lines
    }
}
