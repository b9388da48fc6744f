/// Where personal data goes, and what can fail.
struct DesignRisks {
    private let input: DesignInput

    init(_ input: DesignInput) {
        self.input = input
    }

    var lines: [String] {
        ["## Personal data", ""] + personal + ["", "## Failure modes", ""]
            + MarkdownTable.lines(["what fails", "how one sees it", "what happens then"], failures)
            + DesignReading(input).failures.lines + [""]
    }

    private var personal: [String] {
        var lines: [String] = []
        if let survey = input.survey {
            lines.append(
                survey.personalDocuments == 0
                    ? "- Documents: no personal data was found by patterns (mail addresses, phone numbers, cards, IBANs); names are not looked for."
                    : "- Documents: \(survey.personal.map { "\($0.count) × \($0.kind.rawValue)" }.joined(separator: ", ")) in "
                        + "\(ReportText.count(survey.personalDocuments, "document")); they are in the index as they are."
            )
        } else {
            lines.append("- Documents: not surveyed; `neo interview` looks for personal data.")
        }
        lines += [
            "- Index and caches: on this machine, in `.neo/`; deleted with the folder.",
            "- Questions of users: not kept by the service; how many come and how fast they are answered is.",
            input.asksElsewhere
                ? "- Other machines: models that neo.yaml names are asked over the network, with questions and passages."
                : "- Other machines: none. No text leaves this machine.",
        ]
        return lines
    }

    private var failures: [[String]] {
        var rows = [
            [
                "the evidence is not found",
                "the metric of the search; causes by stage in report.md",
                "more trials, other passages, another encoder",
            ],
            [
                "the evidence is found and not quoted",
                "`neo eval winner --answers`",
                "the answer abstains, or quotes beside the point",
            ],
            [
                "the documents do not say it",
                "share of abstentions",
                "the service says so; it does not guess",
            ],
            [
                "documents change",
                "`neo status`: results are outdated",
                "search again; a service reads them when it starts",
            ],
            [
                "users ask other things than the golden questions",
                "traffic on the release's page",
                "more golden questions, a new search",
            ],
            [
                "too few golden questions",
                "wide intervals; requirements undetermined",
                "`neo golden` proposes more",
            ],
            [
                "the process is killed",
                "the service is gone",
                "start it again; a search goes on where it was",
            ],
        ]
        if let survey = input.survey, survey.unread > 0 {
            rows.append([
                "\(ReportText.count(survey.unread, "file")) cannot be read", "`neo check`",
                "what is not read cannot be found",
            ])
        }
        return rows
    }
}
