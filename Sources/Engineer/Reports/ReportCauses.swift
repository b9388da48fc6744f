internal import Base
internal import RAG

/// The part of a report that says in which stage the winner loses evidence, and what a better stage could win.
struct ReportCauses {
    let causes: SearchResults.Causes
    let metric: String

    var blocks: [ReportBlock] {
        let failed = causes.shares.filter { !$0.questions.isEmpty }
        var blocks: [ReportBlock] = [.heading("Why questions fail"), .paragraph(overview)]
        let late = causes.late > 0 ? [["late", String(causes.late), "–", Self.lateMeaning, "–"]] : []
        if !failed.isEmpty || !late.isEmpty {
            blocks.append(
                .table(
                    header: ["First loss", "Questions", "Pieces of evidence", "What it means", "Which questions"],
                    rows: failed.map { share in
                        [
                            Self.name(share.cause), String(share.questions.count),
                            share.cause == .misread ? "–" : String(share.pieces),
                            Self.meaning(share.cause), Self.names(share.questions),
                        ]
                    } + late
                )
            )
        }
        return blocks + ceilings
    }

    private var overview: String {
        let misread = causes.count(.misread)
        let missing = causes.shares.reduce(0) { $0 + $1.questions.count } - misread
        let all = "\(ReportText.count(causes.questions, "search question")) with evidence"
        var text =
            missing == 0
            ? "Of \(all), all had every piece of it in the context."
            : "Of \(all), \(missing) did not have every piece of it in the context."
        if causes.late > 0 {
            text +=
                " \(causes.late) more had all of it, but later than a smaller context reaches, which costs them part of "
                + "their score."
        }
        if misread > 0 {
            text +=
                " Of those that had all of it, the quoted answer (neo ask) held none of it for \(misread), or there was none; "
                + "\(metric) does not score answers."
        }
        return text
            + " A question is counted at the first stage that lost something: what comes behind cannot bring it back."
    }

    private var ceilings: [ReportBlock] {
        let stages = causes.stages
        let before = [1] + stages.map(\.ceiling)
        var blocks: [ReportBlock] = [
            .paragraph(
                "What would \(metric) be if everything behind a stage were perfect? No improvement of the later stages can "
                    + "get above that number; the step from one stage to the next is what the stage costs. The largest "
                    + "step is where work pays most."
            ),
            .charts([.ceilings]),
            .table(
                header: ["Stage", "Best possible \(metric)", "Lost here"],
                rows: zip(stages, before).map { stage, before in
                    [stage.stage, Rounding.text(stage.ceiling), Rounding.text(before - stage.ceiling)]
                }
            ),
        ]
        if let reading = causes.ceilings.reading {
            blocks.append(
                .paragraph(
                    "The quoted answers of neo ask cover \(Rounding.text(reading)) of the pieces of evidence. It quotes "
                        + "a few sentences, so questions that need several pieces are rarely covered in full."
                )
            )
        }
        return blocks
    }

    /// What to try where most is lost; nil where nothing is.
    var nextStep: String? {
        guard let worst = causes.worst else { return nil }
        let loss = "(\(Rounding.text(worst.loss)) of \(metric))"
        switch worst.stage {
        case .parsing:
            return "Most is lost in parsing \(loss): read the documents with another parser (parsers in neo.yaml)."
        case .chunking:
            return "Most is lost in cutting \(loss): try larger chunks, more overlap, neighbours or parent passages."
        case .candidates:
            return "Most is lost because the passages are never among the candidates \(loss): try another encoder, a "
                + "hybrid of both retrievers, or headings in the index."
        case .order:
            return causes.count(.lostByReranker) > causes.count(.outranked)
                ? "Most is lost in the order \(loss), and the reranker loses more than it saves: try another one, or none."
                : "Most is lost in the order \(loss): the passages are found, but others stand before them. Try a reranker "
                    + "(reranker in neo.yaml), another weight of the two retrievers, or another encoder."
        }
    }

    private static func names(_ ids: [String]) -> String {
        let shown = ids.prefix(8).map { ReportText.shortened($0, to: 40) }.joined(separator: ", ")
        return ids.count > 8 ? "\(shown) and \(ids.count - 8) more" : shown
    }

    private static let lateMeaning =
        "all of it in the largest context, but behind the end of a smaller one: part of the score is lost"

    static func name(_ cause: FailureCause) -> String {
        switch cause {
        case .notParsed: "not parsed"
        case .cutInTwo: "cut in two"
        case .notInPool: "not among the candidates"
        case .lostByReranker: "lost by the reranker"
        case .outranked: "outranked"
        case .misread: "misread"
        }
    }

    private static func meaning(_ cause: FailureCause) -> String {
        switch cause {
        case .notParsed: "the quote does not stand in the text that was read from its document"
        case .cutInTwo: "no single passage holds half of the quote"
        case .notInPool: "no retriever had a passage with half of the quote in its list"
        case .lostByReranker: "in the context before reranking, outside after"
        case .outranked: "among the candidates, but behind the end of the largest context"
        case .misread: "in the context, but the quoted answer covers none of it"
        }
    }
}
