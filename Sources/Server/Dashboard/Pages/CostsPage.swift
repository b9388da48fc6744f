internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// What the calls of models cost, from the ledger.
    func costs(_ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody) async throws -> Page {
        let grouping = CallGrouping(rawValue: query["by"] ?? "model") ?? .model
        let here = "/p/\(view.found.id)/costs"
        let costs = try await reader.costs(try reader.project(), by: grouping)
        let sum = costs.sum
        let chart = StudyChart.bars(
            // What nobody knows the price of is not nothing, and has no bar.
            costs.totals.filter { $0.dollars > 0 }.map { ($0.group, $0.dollars) },
            caption: "Dollars by \(grouping.rawValue)", unit: "dollars",
            words: QuantityWords.dollars)
        var tables: [String: String] = [:]
        tables["dollars"] = chart?.csv
        tables["calls"] = StudyChart.csv(
            [
                [
                    grouping.rawValue, "calls", "from_recordings", "failures", "input_tokens", "output_tokens",
                    "dollars",
                    "calls_of_unknown_price", "seconds",
                ]
            ]
                + costs.totals.map {
                    [
                        $0.group, String($0.calls), String($0.cacheHits), String($0.failures), String($0.inputTokens),
                        String($0.outputTokens), "\($0.dollars)", String($0.unknownCalls), "\($0.seconds)",
                    ]
                })
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "costs"), "by": .string(grouping.rawValue),
            "groupings": .array(
                CallGrouping.allCases.filter { $0 != .project }.map {
                    [
                        "label": .string($0.rawValue), "path": .string("\(here)?by=\($0.rawValue)"),
                        "isCurrent": .bool($0 == grouping),
                    ]
                }),
            "any": .bool(!costs.totals.isEmpty), "rows": .array(costs.totals.map(Self.row)), "sum": Self.row(sum),
            "csv": .string("\(here)/calls.csv?by=\(grouping.rawValue)"),
            "budgets": .array(
                costs.budgets.map { budget in
                    let share = budget.amount > 0 ? min(100, 100 * budget.spent / budget.amount) : 100
                    return [
                        "budgetName": .string(budget.name), "unit": .string(budget.unit.rawValue),
                        "amount": .string(PageWords.number(budget.amount, digits: 2)),
                        "spent": .string(PageWords.number(budget.spent, digits: 4)),
                        "reserved": .string(PageWords.number(budget.reserved, digits: 4)),
                        "share": .string(PageWords.number(share, digits: 0)),
                        "state": PageWords.state(share >= 95 ? "failed" : "ok"),
                        "word": .string(share >= 95 ? "used up" : "left"),
                    ]
                }), "anyBudgets": .bool(!costs.budgets.isEmpty),
            "prices": .array(
                costs.prices.map {
                    [
                        "endpoint": .string($0.endpoint), "priced": .string($0.model),
                        "price": .string($0.price.canonicalText),
                    ]
                }), "anyPrices": .bool(!costs.prices.isEmpty),
            "charts": .array(
                [chart].compactMap { $0 }.map { chart in
                    var shown = PageWords.chart(chart, "dollars", base: here).object ?? [:]
                    shown["csv"] = .string("\(here)/dollars.csv?by=\(grouping.rawValue)")
                    return .object(shown)
                }),
        ]
        return Page(
            "costs", title: "Costs", crumbs: Self.crumbs(view), model: model, live: ["charts", "calls"],
            project: view.found.id, tables: tables)
    }

    private static func row(_ total: CallTotal) -> JSONValue {
        let isUnknown = total.unknownCalls > 0 && total.dollars == 0
        return [
            "group": .string(total.group), "anchor": .string(PageWords.anchor(total.group)),
            "calls": .string(PageWords.count(total.calls)), "hits": .string(PageWords.count(total.cacheHits)),
            "failures": .string(PageWords.count(total.failures)),
            "input": .string((total.estimatedCalls > 0 ? "~" : "") + PageWords.count(total.inputTokens)),
            "output": .string((total.estimatedCalls > 0 ? "~" : "") + PageWords.count(total.outputTokens)),
            "dollars": .string(isUnknown ? "unknown" : QuantityWords.dollars(total.dollars)),
            "seconds": .string(PageWords.number(total.seconds, digits: 1)),
        ]
    }
}
