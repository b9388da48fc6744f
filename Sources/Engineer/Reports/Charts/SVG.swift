/// Builds an SVG drawing. Colours come from the page's style sheet by class, so that it works in dark and in light.
struct SVG {
    private let width: Double
    private let height: Double
    private let title: String
    private var body = ""

    /// An empty drawing; `title` is what a screen reader says.
    init(width: Double, height: Double, title: String) {
        self.width = width
        self.height = height
        self.title = title
    }

    /// A straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
        body +=
            "<line x1=\"\(Self.digits(x1))\" y1=\"\(Self.digits(y1))\" x2=\"\(Self.digits(x2))\" y2=\"\(Self.digits(y2))\" "
            + "class=\"\(name)\"/>\n"
    }

    /// A dot, with a text that shows when the pointer rests on it.
    mutating func dot(_ x: Double, _ y: Double, radius: Double, class name: String, tip: String? = nil) {
        let start =
            "<circle cx=\"\(Self.digits(x))\" cy=\"\(Self.digits(y))\" r=\"\(Self.digits(radius))\" class=\"\(name)\""
        body += tip.map { "\(start)><title>\(HTMLReport.escaped($0))</title></circle>\n" } ?? "\(start)/>\n"
    }

    /// A filled box.
    mutating func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, class name: String) {
        body +=
            "<rect x=\"\(Self.digits(x))\" y=\"\(Self.digits(y))\" width=\"\(Self.digits(max(width, 0)))\" "
            + "height=\"\(Self.digits(height))\" rx=\"2\" class=\"\(name)\"/>\n"
    }

    /// A line through points.
    mutating func path(_ points: [(x: Double, y: Double)], class name: String) {
        guard let first = points.first else { return }
        let rest = points.dropFirst().map { "L\(Self.digits($0.x)) \(Self.digits($0.y))" }.joined()
        body += "<path d=\"M\(Self.digits(first.x)) \(Self.digits(first.y))\(rest)\" class=\"\(name)\"/>\n"
    }

    /// Where a text stands relative to its point.
    enum Anchor: String {
        case start, middle, end
    }

    /// A text; cut to `limit` characters.
    mutating func text(
        _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, class name: String = "label", limit: Int = 80
    ) {
        body +=
            "<text x=\"\(Self.digits(x))\" y=\"\(Self.digits(y))\" text-anchor=\"\(anchor.rawValue)\" class=\"\(name)\">"
            + "\(HTMLReport.escaped(ReportText.shortened(text, to: limit)))</text>\n"
    }

    /// The drawing as an element of a page.
    var element: String {
        "<svg viewBox=\"0 0 \(Self.digits(width)) \(Self.digits(height))\" role=\"img\" "
            + "aria-label=\"\(HTMLReport.escaped(title))\" xmlns=\"http://www.w3.org/2000/svg\">\n\(body)</svg>"
    }

    /// One digit after the point is a tenth of a pixel. The minus of the format, not of typography.
    private static func digits(_ value: Double) -> String {
        Rounding.text(value.isFinite ? value : 0, digits: 1).replacing("−", with: "-")
    }
}
