import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Tracking

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct QueryPageTests {
    private static let page: HTTPFields = [.accept: "text/html"]
    private static let hostile = "<i>=1+1</i>\"\u{301}'<s>"
    /// DuckDB as scripts/tracking-environment installs it.
    private static let installation = DuckDBInstallation(
        [:],
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".venv/tracking/runtime").path)

    /// A dashboard of a project with two runs, of which one is named by markup.
    private func with(
        _ desk: QueryDesk = QueryDesk { installation.found },
        _ test: @escaping @Sendable (ServerFixture.Client, String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/p"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: path + "/neo.yaml"))
            for name in ["plain", Self.hostile] {
                let run = try RunLogger(in: path + "/.neo", project: "p", name: name, facts: RunFacts())
                run.log(["loss": 0.25])
                run.finish()
            }
            let options = ServerOptions(port: 8090, token: nil, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options, desk: desk)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                try await test(ServerFixture.Client(client: $0), "/p/\(project.id)/sql")
            }
        }
    }

    private static func address(_ page: String, _ sql: String) -> String { "\(page)?sql=\(FormBody.encoded(sql))" }

    @Test(.enabled(if: installation.found != nil, "scripts/tracking-environment installs DuckDB"))
    func `rows are a table, CSV and JSON, and no value is markup`() async throws {
        try await with { client, page async throws in
            let sql = "SELECT name, points, NULL AS nothing FROM runs ORDER BY name DESC"
            let reply = try await client.send(.get, Self.address(page, sql), headers: Self.page)
            #expect(reply.status == 200 && reply.text.contains("<caption>2 rows</caption>"))
            #expect(reply.text.contains("&lt;i&gt;=1+1&lt;/i&gt;") && !reply.text.contains("<i>"))
            #expect(reply.text.contains("<td class=\"n\">1</td>") && reply.text.contains("NULL</span>"))
            #expect(reply.text.contains(SafeHTML.escaped(sql) + "</textarea>"), "the query stays where it was")
            let csv = try await client.send(.get, Self.address(page + "/rows.csv", sql))
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(csv.text.split(separator: "\r\n").prefix(2) == ["name,points,nothing", "plain,1,"])
            let json = try await client.send(.get, Self.address(page + "/rows.json", sql))
            let value = try JSONValue(parsing: json.text)
            #expect(value["complete"] == true && value["rows"]?.array?.last?.array?.first?.string == Self.hostile)
        }
    }

    @Test(.enabled(if: installation.found != nil, "scripts/tracking-environment installs DuckDB"))
    func `what writes is refused, what is long is cut, and both are said`() async throws {
        try await with { client, page async throws in
            for sql in ["DELETE FROM runs", "SELECT 1; DROP VIEW runs", "COPY runs TO '/tmp/x'", "SELECT <b>"] {
                let reply = try await client.send(.get, Self.address(page, sql), headers: Self.page)
                #expect(reply.status == 200 && reply.text.contains("DuckDB refuses the query"), "\(sql)")
                #expect(!reply.text.contains("<b>"))
                #expect(try await client.send(.get, Self.address(page + "/rows.json", sql)).status == 422)
            }
            let long = try await client.send(.get, Self.address(page, "FROM range(20000)"), headers: Self.page)
            #expect(long.text.contains("The first 200 rows") && long.text.contains("<td class=\"n\">199</td>"))
            #expect(!long.text.contains("<td class=\"n\">200</td>"))
            let rows = try await client.send(.get, Self.address(page + "/rows.csv", "FROM range(20000)"))
            #expect(rows.text.split(separator: "\r\n").count == 10_001)
            let large = "SELECT repeat('a', 20000000)"
            #expect(try await client.send(.get, Self.address(page, large)).text.contains("16 MB are the most"))
        }
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `a query that another site leads to is shown and not run`(_ site: String) async throws {
        let desk = QueryDesk {
            Issue.record("it was run")
            return nil
        }
        try await with(desk) { client, page async throws in
            var headers = Self.page
            headers[try #require(HTTPField.Name("sec-fetch-site"))] = site
            let reply = try await client.send(.get, Self.address(page, "FROM runs"), headers: headers)
            #expect(reply.status == 200 && reply.text.contains("FROM runs</textarea>"))
            #expect(reply.text.contains("so it was not run"))
            headers[.accept] = nil
            let rows = try await client.send(.get, Self.address(page + "/rows.csv", "FROM runs"), headers: headers)
            #expect(rows.status == 403)
        }
    }

    @Test func `without DuckDB the page says how to get it, and lists what could be asked`() async throws {
        try await with(QueryDesk { nil }) { client, page async throws in
            let reply = try await client.send(.get, Self.address(page, "FROM runs"), headers: Self.page)
            #expect(reply.status == 200 && reply.text.contains("DuckDB, which answers queries, is not installed"))
            for view in QueryView.all { #expect(reply.text.contains("<code>\(view.name)</code>")) }
            #expect(try await client.send(.get, Self.address(page + "/rows.csv", "FROM runs")).status == 503)
            let long = Self.address(page, "SELECT '" + String(repeating: "a", count: QueryDesk.longest) + "'")
            #expect(try await client.send(.get, long).text.contains("too much for an address"))
        }
    }

    @Test func `no more queries run at once than there is room for`() async throws {
        let desk = QueryDesk { nil }
        let failure = try await desk.inTurn {
            try await desk.inTurn {
                await #expect(throws: RequestFailure.self) { try await desk.inTurn {} }
            }
        }
        #expect(failure?.code == "too_many_queries")
        try await desk.inTurn {}
    }
}
