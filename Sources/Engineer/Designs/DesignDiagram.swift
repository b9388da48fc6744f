/// The parts of a system and what flows between them, as Mermaid and as SVG: the same picture twice, because not everything
/// that shows Markdown draws Mermaid.
struct DesignDiagram: Sendable, Hashable {
    /// A part, at a place of the grid.
    struct Part: Sendable, Hashable {
        let id: String
        let title: String
        let detail: String
        let column: Int
        let row: Int
    }

    var parts: [Part]
    /// From and to, by id.
    var flows: [(from: String, to: String)] {
        get { edges.map { ($0[0], $0[1]) } }
        set { edges = newValue.map { [$0.from, $0.to] } }
    }
    private var edges: [[String]] = []

    init(_ parts: [Part], flows: [(from: String, to: String)]) {
        self.parts = parts
        edges = flows.map { [$0.from, $0.to] }
    }

    /// The picture in Mermaid.
    var mermaid: [String] {
        ["flowchart LR"]
            + parts.map { "  \($0.id)[\"\(Self.mermaid($0.title))<br/>\(Self.mermaid($0.detail))\"]" }
            + flows.map { "  \($0.from) --> \($0.to)" }
    }

    /// A text that ends neither the quotes nor the line.
    private static func mermaid(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "<", ">", "#", ";", "`", "&", "[", "]", "{", "}": "#\(scalar.value);"
            case _ where MarkdownField.isInvisible(scalar): " "
            default: String(scalar)
            }
        }.joined()
    }

    private static let (width, height, gapX, gapY, margin) = (150, 62, 46, 44, 16)

    private func origin(_ part: Part) -> (x: Int, y: Int) {
        (
            Self.margin + part.column * (Self.width + Self.gapX), Self.margin + part.row * (Self.height + Self.gapY)
        )
    }

    /// The picture as SVG, on a ground of its own, so that it can be read on light and dark pages.
    var svg: String {
        let right = (parts.map { origin($0).x }.max() ?? 0) + Self.width + Self.margin
        let bottom = (parts.map { origin($0).y }.max() ?? 0) + Self.height + Self.margin
        let words = parts.map { "\($0.title): \($0.detail)" }.joined(separator: "; ")
        var body = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(right) \(bottom)" width="\(right)" height="\(bottom)" \
            role="img" aria-label="\(HTMLReport.escaped(words))" font-family="system-ui, sans-serif">
            <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
            orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#44546a"/></marker></defs>
            <rect width="\(right)" height="\(bottom)" rx="10" fill="#f7f8fa"/>

            """
        for flow in flows { body += line(flow) }
        for part in parts {
            let (x, y) = origin(part)
            let middle = x + Self.width / 2
            body += """
                <rect x="\(x)" y="\(y)" width="\(Self.width)" height="\(Self.height)" rx="8" fill="#fff" \
                stroke="#44546a" stroke-width="1.2"/>
                <text x="\(middle)" y="\(y + 26)" text-anchor="middle" font-size="14" font-weight="600" \
                fill="#1a1f2b">\(HTMLReport.escaped(ReportText.shortened(part.title, to: 18)))</text>
                <text x="\(middle)" y="\(y + 46)" text-anchor="middle" font-size="11.5" \
                fill="#44546a">\(HTMLReport.escaped(ReportText.shortened(part.detail, to: 24)))</text>

                """
        }
        return body + "</svg>\n"
    }

    /// An arrow from side to side where the parts are in one row, else from edge to edge.
    private func line(_ flow: (from: String, to: String)) -> String {
        guard let from = parts.first(where: { $0.id == flow.from }), let to = parts.first(where: { $0.id == flow.to })
        else { return "" }
        let (start, end) = (origin(from), origin(to))
        let points: (Int, Int, Int, Int)
        if from.row == to.row {
            let isRight = to.column > from.column
            points = (
                isRight ? start.x + Self.width : start.x, start.y + Self.height / 2,
                isRight ? end.x - 3 : end.x + Self.width + 3, end.y + Self.height / 2
            )
        } else {
            let isDown = to.row > from.row
            points = (
                start.x + Self.width / 2, isDown ? start.y + Self.height : start.y, end.x + Self.width / 2,
                isDown ? end.y - 3 : end.y + Self.height + 3
            )
        }
        return """
            <line x1="\(points.0)" y1="\(points.1)" x2="\(points.2)" y2="\(points.3)" stroke="#44546a" \
            stroke-width="1.4" marker-end="url(#tip)"/>

            """
    }
}
