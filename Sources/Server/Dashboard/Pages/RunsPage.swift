internal import Base
internal import Engineer
internal import Tracking

extension DashboardPages {
    /// So many runs are on one page.
    private static let runsOnPage = 100

    /// The runs of a project that are no part of another one, the latest first.
    func runs(_ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody) async throws -> Page {
        let base = "/p/\(view.found.id)"
        let store = try await reader.runs()
        let number = query.page("page")
        var wanted = RunQuery(status: query.filled("status").flatMap { Run.Status(rawValue: $0) })
        wanted.kind = query.filled("kind")
        wanted.tag = query.filled("tag")
        wanted.text = query.filled("text")
        wanted.isTopLevel = true
        (wanted.limit, wanted.offset) = (Self.runsOnPage, (number - 1) * Self.runsOnPage)
        let found = try await store?.runs(wanted) ?? []
        let count = try await store?.count(wanted) ?? 0
        let trouble = await reader.runTrouble
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "runs"), "base": .string(base),
            "filters": [
                "kind": .string(wanted.kind ?? ""), "tag": .string(wanted.tag ?? ""),
                "text": .string(wanted.text ?? ""),
                "states": .array(
                    Run.Status.allCases.map {
                        ["value": .string($0.rawValue), "isChosen": .bool($0 == wanted.status)]
                    }),
            ],
            "trouble": .string(trouble ?? ""), "hasTrouble": .bool(trouble != nil),
            "runs": .array(found.map { Self.row($0, base: base) }), "anyRuns": .bool(!found.isEmpty),
            "isFiltered": .bool(
                [wanted.kind, wanted.tag, wanted.text, wanted.status?.rawValue].contains { $0 != nil }),
            "paging": Self.paging(
                number, of: count, size: Self.runsOnPage, noun: "runs", here: base + "/runs", query, field: "page"),
            "csv": .string("\(base)/runs/runs.csv" + Self.tail(query.address(["page": number > 1 ? "\(number)" : ""]))),
        ]
        let header = ["id", "kind", "status", "name", "began", "seconds", "points", "tags"]
        let csv = StudyChart.csv(
            [header]
                + found.map { run in
                    [
                        run.id.text, run.kind, run.status.rawValue, run.name, Self.text(of: run.started),
                        "\(Self.seconds(run))", String(run.points), run.tags.joined(separator: " "),
                    ]
                })
        return Page(
            "runs", title: "Runs", crumbs: Self.crumbs(view), model: model, live: ["runlist"], project: view.found.id,
            tables: ["runs": csv])
    }

    /// A run in a list.
    static func row(_ run: Run, base: String) -> JSONValue {
        [
            "anchor": .string(PageWords.anchor(run.id.text)), "id": .string(run.id.text),
            "path": .string("\(base)/run?id=\(FormBody.encoded(run.id.text))"), "runName": .string(run.name),
            "kind": .string(run.kind), "state": PageWords.state(run.status.rawValue),
            "began": PageWords.time(run.started), "took": .string(PageWords.duration(Self.seconds(run))),
            "points": .string(PageWords.count(run.points)), "tags": .string(run.tags.joined(separator: ", ")),
        ]
    }

    /// The path of a run's page.
    static func path(_ run: RunID, _ view: ProjectOverview) -> String {
        "/p/\(view.found.id)/run?id=\(FormBody.encoded(run.text))"
    }

    /// How long a run took, or has taken.
    static func seconds(_ run: Run) -> Double { max(0, (run.ended ?? run.lastLogged) - run.started) }

    /// A moment in a CSV file; empty where the clock was wrong.
    static func text(of seconds: Double) -> String { PageWords.time(seconds)["at"]?.string ?? "" }

    /// The question mark and the query behind it; nothing where there is none.
    static func tail(_ query: String) -> String { query.isEmpty ? "" : "?" + query }

    /// Where one is in a list, with the ways back and on.
    static func paging(
        _ number: Int, of count: Int, size: Int, noun: String, here: String, _ query: FormBody, field: String
    ) -> JSONValue {
        guard count > size || number > 1 else { return .null }
        func address(_ page: Int) -> String {
            let fields: KeyValuePairs = [field: page > 1 ? String(page) : ""]
            return here + tail(query.address(fields))
        }
        let first = (number - 1) * size + 1
        return [
            "words": .string(
                first > count
                    ? "There are \(PageWords.count(count)) \(noun)."
                    : "\(PageWords.count(first))–\(PageWords.count(min(count, first + size - 1))) of "
                        + "\(PageWords.count(count)) \(noun)"),
            "noun": .string(noun), "previous": .string(number > 1 ? address(number - 1) : ""),
            "hasPrevious": .bool(number > 1), "next": .string(address(number + 1)),
            "hasNext": .bool(number * size < count),
        ]
    }
}
