internal import HTTPTypes
internal import Hummingbird
internal import Tracking

extension DashboardRoutes {
    /// The table at a path, as CSV or, of a query, as JSON; nil where the path is of a page.
    func table(_ path: String, _ query: FormBody, isAsked: Bool) async throws -> Response? {
        guard let slash = path.lastIndex(of: "/"), let dot = path.lastIndex(of: "."), slash < dot else { return nil }
        let name = FormBody.decoded(path[path.index(after: slash)..<dot], isPath: true)
        let place = String(path[..<slash])
        var headers: HTTPFields = [:]
        let shown = name.filter { $0.isASCII && $0.isLetter }
        switch path[dot...] {
        case ".json":
            guard let rows = try await pages.rows(place, name, query, isAsked: isAsked) else { return nil }
            headers[.contentDisposition] = "inline; filename=\"\(shown).json\""
            return .json(rows.json, headers: headers)
        case ".csv":
            headers[.contentDisposition] = "inline; filename=\"\(shown).csv\""
            return .text(
                try await csv(place, name, query, isAsked: isAsked), type: "text/csv; charset=utf-8", headers: headers)
        default: return nil
        }
    }

    /// Of all points of a curve, and of all rows of a query, a text is made only where somebody asks for it.
    private func csv(_ place: String, _ name: String, _ query: FormBody, isAsked: Bool) async throws -> String {
        if let points = try await pages.points(place, name, query) { return points }
        if let rows = try await pages.rows(place, name, query, isAsked: isAsked) { return rows.csv }
        guard let table = try await pages.page(place, query).tables[name] else {
            throw RequestFailure(.notFound, code: "not_found", "This page has no table \(name.prefix(40)).")
        }
        return table
    }

    /// Whether a person of this dashboard asks. A browser says where an address comes from; what another site's page leads
    /// to is shown, and costs nothing more.
    static func isAsked(_ request: Request) -> Bool {
        let site = HTTPField.Name("sec-fetch-site").flatMap { request.headers[$0] } ?? "none"
        return ["none", "same-origin"].contains(site)
    }
}
