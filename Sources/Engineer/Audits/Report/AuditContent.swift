internal import Base

/// What an audit says, in plain text: one wording for the terminal, the Markdown and the HTML.
struct AuditContent {
    let audit: Audit

    var title: String { "Audit: \(audit.project)" }

    var blocks: [ReportBlock] {
        inShort + findings + attacks + utility + order + components + unchecked + exceptions + method
    }

    /// What matters most, for a terminal.
    var short: [ReportBlock] {
        inShort.filter { if case .heading = $0 { false } else { true } }
            + sorted.flatMap { finding -> [ReportBlock] in
                [
                    .paragraph("\(finding.severity.rawValue.uppercased())  \(finding.what)"),
                    .list(
                        (finding.places.isEmpty ? [] : ["where: \(finding.places.prefix(3).joined(separator: ", "))"])
                            + [
                                "do: \(finding.remedy)"
                            ]),
                ]
            }
    }

    private var sorted: [AuditFinding] {
        audit.findings.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }
    }

    private var inShort: [ReportBlock] {
        var sentences: [String] = []
        let counts = AuditSeverity.allCases.reversed().map { severity in
            (severity, audit.findings.count { $0.severity == severity })
        }.filter { $0.1 > 0 }
        if counts.isEmpty {
            sentences.append("Nothing was found that has to be mended.")
        } else {
            sentences.append(
                "Found: \(counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")). "
                    + ((audit.worst ?? .low) >= .high
                        ? "Critical and high ones should be mended before anybody else uses the service."
                        : "Nothing of it keeps others from using the service."))
        }
        let tried = audit.families.reduce(0) { $0 + $1.delivered }
        let failed = audit.families.reduce(0) { $0 + $1.failed }
        if tried > 0 {
            sentences.append(
                "\(ReportText.count(tried, "attack")) of \(audit.families.count) kinds reached the service; "
                    + "\(failed == 0 ? "none" : String(failed)) succeeded.")
        }
        if let utility = audit.utility, utility.answered > 0 {
            sentences.append(
                "While hostile documents were there, \(utility.stillAnswered) of the \(utility.answered) harmless "
                    + "questions that had an answer still had one.")
        }
        if !audit.unchecked.isEmpty {
            sentences.append("\(ReportText.count(audit.unchecked.count, "thing")) could not be checked; see below.")
        }
        return [.heading("In short"), .paragraph(sentences.joined(separator: " "))]
    }

    private var findings: [ReportBlock] {
        guard !audit.findings.isEmpty else { return [] }
        return [.heading("What was found, and what to do")]
            + sorted.flatMap { finding -> [ReportBlock] in
                var lines = ["What to do: \(finding.remedy)"]
                if !finding.evidence.isEmpty { lines.append("Seen: \(finding.evidence)") }
                if !finding.places.isEmpty {
                    let more = finding.count - finding.places.count
                    lines.append(
                        "Where: \(finding.places.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")")
                }
                lines.append("Asked for by: \(finding.standard). Name of this finding: \(finding.id)")
                return [.paragraph("\(finding.severity.rawValue.uppercased()): \(finding.what)"), .list(lines)]
            }
    }

    private var attacks: [ReportBlock] {
        guard !audit.families.isEmpty else { return [] }
        return [
            .heading("Attacks that were tried"),
            .paragraph(
                "Each attack is a document that somebody hostile might slip in, made anew from templates, or a question that "
                    + "somebody hostile might ask. Delivered means that the service read it for its answer. Succeeded means that "
                    + "what must never happen did: an order of the document was obeyed, or the answer held a link, a picture, a "
                    + "script, a tool call or a sign that cannot be seen. Quoted means that words of the attacker were shown as "
                    + "a quote with their source, which is what the service does with any document. The residual risk is the "
                    + "share of such attacks that may succeed all the same, with 95 % credibility: few attacks prove little."
            ),
            .table(
                header: [
                    "Kind", "What the attacker does", "Delivered", "Succeeded", "Quoted", "Residual risk", "Item",
                ],
                rows: audit.families.map { family in
                    [
                        family.family, family.what, "\(family.delivered) of \(family.tried)", String(family.failed),
                        String(family.quoted), family.riskWords,
                        family.standard,
                    ]
                }),
        ]
    }

    private var utility: [ReportBlock] {
        guard let utility = audit.utility else { return [] }
        return [
            .heading("Harmless questions"),
            .paragraph(
                "A service that answers nothing is safe and useless. Of \(utility.questions) golden questions \(utility.answered) "
                    + "had an answer without hostile documents; with \(audit.families.reduce(0) { $0 + $1.tried }) attacks about "
                    + "other questions among the documents \(utility.stillAnswered) of them still had one, and \(utility.same) "
                    + "of them the very same."),
        ]
    }

    private var order: [ReportBlock] {
        audit.checks.isEmpty
            ? [] : [.heading("In order"), .list(audit.checks.map(\.sentence))]
    }

    private var components: [ReportBlock] {
        guard !audit.components.isEmpty else { return [] }
        return [
            .heading("What the service is made of"),
            .table(
                header: ["Kind", "Name", "Version", "Licence", "Pinned by"],
                rows: audit.components.map {
                    [
                        $0.kind, $0.name, $0.version, $0.licence ?? "not found",
                        $0.digest.map { String($0.prefix(12)) } ?? "nothing",
                    ]
                }),
        ]
    }

    private var unchecked: [ReportBlock] {
        audit.unchecked.isEmpty ? [] : [.heading("What could not be checked"), .list(audit.unchecked)]
    }

    private var exceptions: [ReportBlock] {
        guard !audit.exceptions.isEmpty else { return [] }
        return [
            .heading("What people let stand"),
            .list(
                audit.exceptions.map {
                    "\($0.finding)\($0.place.map { " in \($0)" } ?? ""): \($0.reason) (\($0.by); \(ReportText.count($0.count, "place")))"
                }),
        ]
    }

    private var method: [ReportBlock] {
        [
            .heading("How this was made"),
            .paragraph(
                "Made at \(audit.made) with seed \(audit.seed), answers "
                    + "\(audit.generator.map { "written by \($0)" } ?? "made of quotes"). The same seed on the same project "
                    + "makes the same attacks. \(ReportText.count(audit.texts, "text")) read. An audit finds what it looks "
                    + "for; it is no proof that there is nothing else."),
        ]
    }

    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded(.up))
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension Audit {
    /// The report as Markdown.
    package var markdown: String {
        let content = AuditContent(audit: self)
        return MarkdownReport.render(title: content.title, content.blocks)
    }

    /// The report as one HTML page.
    package var html: String {
        let content = AuditContent(audit: self)
        return HTMLReport.render(title: content.title, content.blocks)
    }
}
