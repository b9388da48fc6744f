/// A piece of a report, before it is Markdown or HTML. All its text is plain; whoever writes it out escapes it.
enum ReportBlock: Sendable, Hashable {
    case heading(String)
    case paragraph(String)
    case list([String])
    case table(header: [String], rows: [[String]])
    /// Something to type into a terminal.
    case command(String)
    /// Pictures side by side; left out where there are none.
    case charts([ReportChart])
    /// One matter for readers at three levels, plain text in paragraphs; the last of what stands below a heading.
    case levels(LeveledText)
}

/// The pictures of a report.
enum ReportChart: Sendable, Hashable {
    case bestSoFar
    case bestTrials
    /// Winner and default by type of question.
    case slices
    /// What each stage leaves possible.
    case ceilings
    /// Quality against latency.
    case pareto
    /// The scores of all trials by the values of each parameter.
    case parameters
}

/// Text from documents made harmless for one line of a report.
enum ReportText {
    /// Line breaks and other control characters become spaces; invisible marks that reorder the text around them go.
    static func line(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: scalars.append(" ")
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// At most so many characters.
    static func shortened(_ text: String, to limit: Int = 200) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }

    static func interval(_ estimate: SearchResults.Estimate) -> String {
        "\(Rounding.text(estimate.value)) (95 % interval \(Rounding.text(estimate.lower)) to "
            + "\(Rounding.text(estimate.upper)))"
    }

    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
