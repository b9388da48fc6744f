/// `design.md`, written from the requirements and from what was probed: a pure function of its input.
package struct DesignDraft: Sendable {
    private let input: DesignInput

    package init(_ input: DesignInput) {
        self.input = input
    }

    /// The picture of the parts.
    var diagram: DesignDiagram { DesignArchitecture(input).diagram }

    /// The whole document.
    package var markdown: String {
        var lines = ["# Design of \(MarkdownField.encoded(input.project.file.name))", ""]
        lines += [origin, ""]
        lines += DesignArchitecture(input).lines
        lines += DesignChoices(input).lines
        lines += DesignRisks(input).lines
        lines += DesignPlan(input).lines
        return lines.joined(separator: "\n") + "\n"
    }

    private var origin: String {
        let basis =
            input.requirementsHash.map { "requirements.md (SHA-256 `\($0)`)" }
            ?? "no requirements: there is no requirements.md, so nothing here is held to one"
        return "Drawn up on \(input.day) from \(basis), the documents as they are, and a probe on this machine. Edit "
            + "what you like: `neo build` goes by the milestones, and what is approved is what stands here."
    }
}

/// A table in Markdown.
enum MarkdownTable {
    /// A text as a cell, where a number at its beginning makes no list.
    static func cell(_ text: String) -> String { String(MarkdownField.encoded("x" + text).dropFirst()) }

    static func lines(_ header: [String], _ rows: [[String]]) -> [String] {
        ["| \(header.joined(separator: " | ")) |", "|\(String(repeating: "---|", count: header.count))"]
            + rows.map { "| \($0.map { $0.replacing("\n", with: " ") }.joined(separator: " | ")) |" } + [""]
    }
}
