internal import Base
internal import Engineer
internal import Statistics
internal import Storage

extension DashboardPages {
    /// So many answers that people did not like are shown.
    private static let badShown = 40
    /// Among so many rows they are looked for.
    private static let lookedAt = 5000

    /// What people say of answers, what came of it, and what another search would be worth.
    func feedback(_ view: ProjectOverview, _ reader: ProjectReader) async throws -> Page {
        let base = "/p/\(view.found.id)"
        let folder = ShellWord.quoted(view.found.folder)
        let project = try reader.project()
        let database = try await reader.service()
        let proposals = try GoldenProposals(project).read().filter { $0.origin == FeedbackProposing.origin }
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "feedback"), "base": .string(base), "folder": .string(folder),
            "any": false, "anyThumbs": false, "anyReasons": false, "anyBad": false, "anyCited": false,
            "preferences": .null,
            "thumbsSVG": "", "silent": "", "search": try await Self.search(database, project, view, folder),
        ]
        model.merge(Self.proposals(proposals, base)) { $1 }
        var tables: [String: String] = [:]
        if let database {
            let report = try await FeedbackReport.make(from: database)
            let bad = Self.bad(try await database.feedback(limit: Self.lookedAt))
            model["any"] = .bool(!report.isEmpty)
            model.merge(Self.thumbs(report)) { $1 }
            model["preferences"] = Self.preferences(report.preferences)
            model["bad"] = .array(bad.told.prefix(Self.badShown).map(Self.card))
            model["anyBad"] = .bool(!bad.told.isEmpty)
            model["moreBad"] = .string(
                bad.told.count > Self.badShown
                    ? "\(bad.told.count - Self.badShown) earlier ones: neo feedback list \(folder)" : "")
            model["silent"] = .string(
                bad.silent > 0
                    ? "Of \(PageWords.count(bad.silent)) bad answers nothing is known but the thumb: the service keeps no words "
                        + "(monitoring: text in neo.yaml), or did not remember the answer any more." : "")
            tables = ["thumbs": Self.csv(report.thumbs), "comparisons": Self.csv(report.preferences)]
        }
        return Page(
            "feedback", title: "Feedback", crumbs: Self.crumbs(view), model: model,
            live: ["feedbackthumbs", "feedbackpreferences", "feedbackbad", "feedbacknext"], project: view.found.id,
            tables: tables)
    }

    private static func thumbs(_ report: FeedbackReport) -> [String: JSONValue] {
        func name(_ release: Int?) -> String { release.map { "release \($0)" } ?? "no release" }
        let chart = IntervalChart.chart(
            report.thumbs.compactMap { thumb in
                thumb.share.map {
                    .init(name(thumb.release), value: $0.estimate, lower: $0.lower, upper: $0.upper)
                }
            }, caption: "Thumbs up by release", unit: "share", description: "")
        return [
            "anyThumbs": .bool(!report.thumbs.isEmpty), "thumbsSVG": .string(chart?.svg ?? ""),
            "thumbs": .array(
                report.thumbs.map { thumb in
                    [
                        "release": .string(name(thumb.release)),
                        "share": .string(thumb.share.map { "\(percent($0.estimate)) %" } ?? "–"),
                        "interval": .string(thumb.share.map { "\(percent($0.lower)) – \(percent($0.upper)) %" } ?? "–"),
                        "up": .string(PageWords.count(thumb.up)), "down": .string(PageWords.count(thumb.down)),
                        "damped": .string(PageWords.count(thumb.damped)),
                    ]
                }),
            "anyReasons": .bool(!report.reasons.isEmpty),
            "reasons": .array(
                report.reasons.map {
                    ["reason": .string($0.reason.words), "count": .string(PageWords.count($0.count))]
                }),
            "anyCited": .bool(!report.citations.isEmpty),
            "cited": .array(
                report.citations.map {
                    ["document": .string($0.document), "count": .string(PageWords.count($0.count))]
                }),
        ]
    }

    private static func preferences(_ report: PreferenceReport) -> JSONValue {
        let chart = IntervalChart.chart(
            report.ratings.map {
                .init(
                    "release \($0.release)", value: $0.rating.estimate, lower: $0.rating.lower, upper: $0.rating.upper)
            }, caption: "Ratings by release", unit: "rating", description: "")
        return [
            "comparisons": .string(PageWords.count(report.comparisons)), "any": .bool(report.comparisons > 0),
            "ties": .string(PageWords.count(report.ties)), "damped": .string(PageWords.count(report.damped)),
            "anyDamped": .bool(report.damped > 0), "unrated": .string(report.unrated ?? ""),
            "svg": .string(chart?.svg ?? ""), "anyRatings": .bool(!report.ratings.isEmpty),
            "ratings": .array(
                report.ratings.map {
                    [
                        "release": .string("release \($0.release)"),
                        "rating": .string(Rounding.text($0.rating.estimate, digits: 0)),
                        "interval": .string(
                            "\(Rounding.text($0.rating.lower, digits: 0)) – \(Rounding.text($0.rating.upper, digits: 0))"
                        ),
                    ]
                }),
            "pairs": .array(
                report.pairs.map { pair in
                    let chance = pair.probability
                    return [
                        "better": .string("release \(pair.better)"), "other": .string("release \(pair.other)"),
                        "chance": .string(
                            "\(percent(chance.estimate)) % (\(percent(chance.lower)) – \(percent(chance.upper)) %)"),
                        "state": PageWords.state(pair.isSeparable ? "told apart" : "not told apart from chance"),
                        "turn": .string(
                            pair.isSeparable
                                ? "\(pair.votesToTurn) vote\(pair.votesToTurn == 1 ? "" : "s") less would turn it" : ""),
                    ]
                }),
            "position": .string(
                report.position.map { position in
                    position.lower > 0 || position.upper < 0
                        ? "What is shown first is preferred \(position.estimate > 0 ? "more" : "less") often; the ratings are without it."
                        : "What is shown first has no advantage that can be seen."
                } ?? ""),
        ]
    }

    private static func csv(_ thumbs: [ThumbReport]) -> String {
        StudyChart.csv(
            [["release", "up", "down", "flood", "share", "lower", "upper"]]
                + thumbs.map {
                    [
                        $0.release.map { String($0) } ?? "", String($0.up), String($0.down), String($0.damped),
                        $0.share.map { "\($0.estimate)" } ?? "", $0.share.map { "\($0.lower)" } ?? "",
                        $0.share.map { "\($0.upper)" } ?? "",
                    ]
                })
    }

    private static func csv(_ report: PreferenceReport) -> String {
        StudyChart.csv(
            [["better", "other", "probability", "lower", "upper", "told_apart", "votes_to_turn"]]
                + report.pairs.map {
                    [
                        String($0.better), String($0.other), "\($0.probability.estimate)", "\($0.probability.lower)",
                        "\($0.probability.upper)", String($0.isSeparable), String($0.votesToTurn),
                    ]
                })
    }
}
