internal import Base
internal import Storage

extension CallCosts {
    private static let headings = ["calls", "recorded", "failed", "tokens read", "tokens written", "dollars"]

    /// A table for people, or a sentence where there is nothing to show.
    package var text: String {
        let budgets = budgets.map { budget in
            "Budget \(budget.name): \(budget.unit.words(budget.spent)) of \(budget.unit.words(budget.amount)) spent"
                + (budget.reserved > 0 ? ", \(budget.unit.words(budget.reserved)) reserved by calls under way." : ".")
        }
        guard !totals.isEmpty else {
            let since = since.map { " since \($0.timestamp.prefix(10))" } ?? " yet"
            return (["No language model was asked for \(project)\(since), so nothing was spent."] + budgets)
                .joined(separator: "\n")
        }
        let rows = (totals + (totals.count > 1 ? [sum] : [])).map { [$0.group] + Self.cells($0) }
        var lines = Self.table([[grouping.rawValue] + Self.headings] + rows)
        if sum.estimatedCalls > 0 {
            lines.append("")
            lines.append("~ The tokens of \(Self.calls(sum.estimatedCalls)) were not counted by a server.")
        }
        let prices = priceLines
        if !prices.isEmpty { lines += [""] + prices }
        return (lines + (budgets.isEmpty ? [] : [""] + budgets)).joined(separator: "\n")
    }

    /// What a million tokens were taken to cost, who says so, and when it was so; what runs here costs nothing by itself.
    private var priceLines: [String] {
        let listed = prices.filter { $0.price["source"] != "local" }
        let lines = listed.prefix(20).map { entry in
            let price = entry.price
            let origin = [price["source"]?.string, price["date"]?.string].compactMap { $0 }.joined(separator: ", ")
            let (read, written) = (price["input"]?.number ?? 0, price["output"]?.number ?? 0)
            return "\(entry.endpoint)/\(entry.model): \(QuantityWords.dollars(read)) a million tokens read, "
                + "\(QuantityWords.dollars(written)) written (\(origin))"
        }
        return lines + (listed.count > 20 ? ["and \(listed.count - 20) more prices: --json"] : [])
    }

    private static func cells(_ total: CallTotal) -> [String] {
        let mark = total.estimatedCalls > 0 ? "~" : ""
        var dollars = total.isUnknown ? "unknown" : Self.dollars(total.dollars)
        if !total.isUnknown, total.unknownCalls > 0 { dollars += " + \(Self.calls(total.unknownCalls)) unknown" }
        return [
            digits(total.calls), digits(total.cacheHits), digits(total.failures), mark + digits(total.inputTokens),
            mark + digits(total.outputTokens), dollars,
        ]
    }

    private static func calls(_ count: Int) -> String { count == 1 ? "1 call" : "\(digits(count)) calls" }

    /// With four places, and never nothing for something.
    static func dollars(_ amount: Double) -> String {
        guard amount > 0 else { return "0" }
        guard amount >= 0.0001 else { return "< 0.0001" }
        guard amount < 1e12 else { return String(amount) }
        let scaled = Int((amount * 10_000).rounded())
        let fraction = String(scaled % 10_000)
        return digits(scaled / 10_000) + "." + String(repeating: "0", count: 4 - fraction.count) + fraction
    }

    /// `1,234,567`.
    static func digits(_ count: Int) -> String {
        var text = ""
        for (position, digit) in String(count).reversed().enumerated() {
            if position > 0, position.isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// The first column begins at the left, the others end at the right.
    private static func table(_ rows: [[String]]) -> [String] {
        let widths = rows.reduce(into: [Int]()) { widths, row in
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + space : space + cell
            }.joined(separator: "  ")
        }
    }
}
