internal import Base

/// The report as one HTML page that needs no other file, no network and no JavaScript.
enum HTMLReport {
    /// - Parameter reader: for whom the explanations are open; the others are one click away.
    static func render(
        _ results: SearchResults, manifest: JSONValue? = nil, for reader: ReaderLevel = .practitioner
    ) -> String {
        let content = ReportContent(results: results, manifest: manifest)
        let reading =
            "<p class=\"reader\">How to read the numbers is said three times: new to this, for practitioners, for experts. "
            + "Open here: \(escaped(reader.title)). <code>neo level</code> changes that, and <code>neo report</code> writes "
            + "this page anew.</p>"
        return page(content.title, [reading] + content.blocks.map { text($0, results, reader) })
    }

    /// Any document of such blocks, but for their charts.
    static func render(title: String, _ blocks: [ReportBlock]) -> String {
        page(title, blocks.map { text($0, nil, .practitioner) })
    }

    private static func page(_ title: String, _ parts: [String]) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(escaped(title))</title>
        <style>
        \(ReportStyle.css)
        </style>
        </head>
        <body>
        <main>
        <h1>\(escaped(title))</h1>
        \(parts.joined(separator: "\n"))
        </main>
        </body>
        </html>

        """
    }

    private static func text(_ block: ReportBlock, _ results: SearchResults?, _ reader: ReaderLevel) -> String {
        switch block {
        case .heading(let text): return "<h2>\(escaped(text))</h2>"
        case .paragraph(let text): return "<p>\(escaped(text))</p>"
        case .list(let items):
            return "<ul>\n" + items.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>"
        case .table(let header, let rows):
            let head = header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
            let body = rows.map { row in
                "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
            }.joined()
            // The wrapper scrolls, and so the keyboard must reach it.
            return
                "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>"
                + "\n</table></div>"
        case .command(let text): return "<pre><code>\(escaped(text))</code></pre>"
        case .charts(let charts):
            let figures = results.map { results in charts.flatMap { $0.figures(results) } } ?? []
            return figures.isEmpty ? "" : "<div class=\"charts\">\n\(figures.joined(separator: "\n"))\n</div>"
        case .levels(let text):
            let opened = text.opened(for: reader)
            return "<div class=\"levels\">\n"
                + text.levels.map { details(text, $0, isOpen: $0 == opened) }.joined(separator: "\n") + "\n</div>"
        }
    }

    /// A text that folds without a script: a click or the keyboard opens it.
    private static func details(_ text: LeveledText, _ level: ReaderLevel, isOpen: Bool) -> String {
        "<details\(isOpen ? " open" : "")>\n<summary>\(escaped(level.heading))</summary>\n"
            + text.paragraphs(level).map { "<p>\(escaped($0))</p>\n" }.joined() + "</details>"
    }

    /// Text in which nothing is markup any more, in an element or in a quoted attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in ReportText.line(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
