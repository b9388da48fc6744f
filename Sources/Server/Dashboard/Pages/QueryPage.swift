internal import Base
internal import Engineer
internal import HTTPTypes
internal import Tracking

extension DashboardPages {
    /// So many rows of a result are on the page.
    private static let rowsShown = 200
    /// So many rows are in its files.
    private static let rowsKept = 10_000
    /// The most characters of a value that are shown.
    private static let mostCharacters = 300

    /// Queries that show what can be asked.
    private static let examples: KeyValuePairs = [
        "The latest runs": "SELECT name, kind, status, started, points\nFROM runs ORDER BY started DESC LIMIT 20",
        "The best value of each metric":
            "SELECT metric, count(*) AS runs, max(maximum) AS greatest, min(minimum) AS least\n"
            + "FROM series WHERE NOT is_system GROUP BY metric ORDER BY metric",
        "How long trials took": "SELECT trial, state, origin, seconds, dollars\nFROM trials ORDER BY seconds DESC",
        "What models cost":
            "SELECT model, role, count(*) AS calls, sum(input_tokens) AS read, sum(output_tokens) AS written,\n"
            + "    sum(dollars) AS dollars\nFROM ledger GROUP BY model, role ORDER BY dollars DESC",
        "Questions that could not be measured":
            "SELECT item, failure, count(*) AS times\nFROM measurements WHERE failure IS NOT NULL\n"
            + "GROUP BY item, failure ORDER BY times DESC",
        "What agents did":
            "SELECT session, type, count(*) AS events\nFROM events GROUP BY session, type ORDER BY session, type",
    ]

    /// SQL over what the project has on record: the views of `neo query`.
    func sql(_ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody, isAsked: Bool) async throws -> Page {
        let base = "/p/\(view.found.id)"
        let sql = query["sql"] ?? ""
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "sql"), "base": .string(base), "sql": .string(sql),
            "longest": .string(String(QueryDesk.longest)), "hasTrouble": false, "isForeign": false, "result": .null,
            "seconds": .string(String(Int(QueryDesk.timeLimitSeconds))),
            "examples": .array(Self.examples.map { ["words": .string($0.key), "path": Self.path($0.value, base)] }),
            "views": .array(
                QueryView.all.map { view in
                    [
                        "view": .string(view.name), "path": Self.path("FROM \(view.name) LIMIT 100", base),
                        "columns": .array(
                            view.columns.map {
                                ["column": .string($0.name), "type": .string($0.type == "VARCHAR" ? "" : $0.type)]
                            }),
                    ]
                }),
        ]
        if sql.contains(where: { !$0.isWhitespace }) {
            if isAsked {
                do {
                    let rows = try await answer(sql, reader, limit: Self.rowsShown)
                    model["result"] = Self.result(rows, sql, base)
                } catch let failure as RequestFailure {
                    (model["hasTrouble"], model["trouble"]) = (true, .string(failure.message))
                } catch let error as any DescribedError {
                    (model["hasTrouble"], model["trouble"]) = (true, .string(error.message))
                }
            } else {
                model["isForeign"] = true
            }
        }
        return Page("sql", title: "SQL", crumbs: Self.crumbs(view), model: model, project: view.found.id)
    }

    /// The rows of a query for a file, where a path is `/p/PROJECT/sql/rows`; nil elsewhere.
    func rows(_ path: String, _ name: String, _ query: FormBody, isAsked: Bool) async throws -> QueryRows? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard name == "rows", parts.count == 3, parts[0] == "p", parts[2] == "sql" else { return nil }
        guard isAsked else {
            throw RequestFailure(
                .forbidden, code: "wrong_origin", "A query is run from the dashboard's own pages; open it there.")
        }
        return try await answer(query["sql"] ?? "", try await projects.reader(parts[1]), limit: Self.rowsKept)
    }

    private func answer(_ sql: String, _ reader: ProjectReader, limit: Int) async throws -> QueryRows {
        guard let store = try await reader.runs() else {
            throw RequestFailure(
                .notFound, code: "not_found",
                "Nothing is on record in this project yet; a search or a program that logs changes that.")
        }
        return try await desk.rows(of: sql, in: store, limit: limit)
    }

    private static func path(_ sql: String, _ base: String) -> JSONValue {
        .string("\(base)/sql?sql=\(FormBody.encoded(sql))")
    }

    private static func result(_ rows: QueryRows, _ sql: String, _ base: String) -> JSONValue {
        let count = PageWords.count(rows.rows.count)
        let kept = PageWords.count(rowsKept)
        return [
            "words": .string(
                rows.isComplete
                    ? rows.rows.count == 1 ? "1 row" : "\(count) rows"
                    : "The first \(count) rows; the files have up to \(kept). ORDER BY says which come first."),
            "csv": .string("\(base)/sql/rows.csv?sql=\(FormBody.encoded(sql))"),
            "json": .string("\(base)/sql/rows.json?sql=\(FormBody.encoded(sql))"),
            "header": .array(
                rows.columns.map {
                    ["column": .string($0.name), "type": .string($0.type), "isNumber": .bool($0.isNumber)]
                }),
            "rows": .array(
                rows.rows.map { row in
                    ["cells": .array(zip(row, rows.columns).map { cell($0, isNumber: $1.isNumber) })]
                }),
        ]
    }

    private static func cell(_ value: JSONValue, isNumber: Bool) -> JSONValue {
        let text = PageWords.shortened(value.string ?? value.canonicalText, mostCharacters)
        return [
            "text": .string(value == .null ? "NULL" : text), "isNull": .bool(value == .null),
            "isNumber": .bool(isNumber), "isLong": .bool(!isNumber && text.count > 40),
            "isShort": .bool(!isNumber && text.count <= 40),
        ]
    }
}

extension QueryRows {
    /// The rows as CSV; a value that is not there is an empty cell.
    var csv: String {
        StudyChart.csv(
            [columns.map(\.name)]
                + rows.map { $0.map { value in value == .null ? "" : value.string ?? value.canonicalText } })
    }
}
