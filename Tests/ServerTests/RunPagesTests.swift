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

@Suite struct RunPagesTests {
    private static let page: HTTPFields = [.accept: "text/html"]
    private static let hostile = "<i>=1+1</i>\"\u{301}'<s> ../?&#"

    /// A dashboard of one project; `log` writes to its `.neo` first.
    private func with(
        log: (String) throws -> Void,
        _ test: @escaping @Sendable (ServerFixture.Client, String, String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/p"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: path + "/neo.yaml"))
            try log(path + "/.neo")
            let options = ServerOptions(port: 8090, token: nil, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                try await test(ServerFixture.Client(client: $0), "/p/\(project.id)", path + "/.neo")
            }
        }
    }

    /// A run whose every name is markup, with a part, an alert, a text and a table.
    private static func logHostile(_ state: String) throws {
        let id = try RunID(hostile)
        let run = try RunLogger(
            in: state, project: "p", name: hostile,
            facts: RunFacts(
                kind: hostile, group: hostile, configuration: [hostile: .string(hostile)], tags: [hostile],
                notes: hostile),
            id: id)
        for step in 0..<1000 { run.log([hostile: step == 500 ? .nan : Double(step), "b": 1], step: step) }
        run.logSystem([hostile: 3])
        run.log(text: hostile, key: hostile)
        run.log(table: [hostile], rows: [[.string(hostile)]], key: hostile)
        run.alert(hostile, text: hostile, level: .error)
        run.alert(hostile, text: hostile, level: .error)
        run.alert("merely said", level: .info)
        let part = try RunLogger(in: state, project: "p", name: hostile, facts: RunFacts(kind: "trial", parent: id))
        part.log([hostile: 1])
        part.finish(.failed, failure: hostile)
        run.finish()
    }

    /// A run that keeps an image, an SVG with a script that says it is a PNG, a text, and a file that is there no more.
    private static func logFiles(_ state: String) throws {
        let run = try RunLogger(in: state, project: "p", name: "files", facts: RunFacts(), id: try RunID("files"))
        let folder = state + "/../made"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in [
            ("dot.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]),
            ("evil.png", Array("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".utf8)),
            ("it's \"é\".txt", Array(("<b>words</b> " + String(repeating: "é", count: 5000)).utf8)),
            ("gone.bin", [0, 1, 2]),
        ] as [(String, [UInt8])] {
            let path = "\(folder)/\(name)"
            try Data(bytes).write(to: URL(filePath: path))
            try run.log(file: path, key: name)
        }
        try FileManager.default.removeItem(
            atPath: ArtifactFolder(state: state).path(of: ContentHash(of: Data([0, 1, 2]))))
        run.finish()
    }

    @Test func `images are drawn, all other files are saved, whatever they say they are`() async throws {
        try await with(log: Self.logFiles) { client, project, state async throws in
            let page = try await client.send(.get, "\(project)/run?id=files", headers: Self.page).text
            #expect(page.components(separatedBy: "<img ").count == 2 && page.contains("alt=\"dot.png\""))
            #expect(page.contains("&lt;b&gt;words&lt;/b&gt; é") && page.contains("This is its beginning"))
            #expect(page.contains("The file itself is not kept any more"))
            let store = try RunStore.open(state, project: "p")
            let entries = try await store.entries(of: try RunID("files"))
            func file(_ place: Int) async throws -> Reply {
                try await client.send(.get, "\(project)/run/file?id=files&entry=\(entries[place].id)")
            }
            let image = try await file(0)
            #expect(image.status == 200 && image.headers[.contentType] == "image/png")
            #expect(image.headers[.contentDisposition]?.hasPrefix("inline; filename=\"dot.png\"") == true)
            let svg = try await file(1)
            #expect(svg.headers[.contentType] == "application/octet-stream" && svg.text.hasPrefix("<svg"))
            #expect(svg.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
            let text = try await file(2)
            #expect(
                text.headers[.contentDisposition]
                    == "attachment; filename=\"it_s____.txt\"; filename*=UTF-8''it%27s%20%22%C3%A9%22.txt")
            #expect(text.text.count == 5013)
            for reply in [image, svg, text] {
                #expect(reply.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
                #expect(reply.headers[try #require(HTTPField.Name("x-content-type-options"))] == "nosniff")
            }
            #expect(try await file(3).status == 404)
            for query in ["id=files&entry=999", "id=files", "id=none&entry=1", "id=files&entry=../../neo.yaml"] {
                #expect(try await client.send(.get, "\(project)/run/file?\(query)").status == 404, "\(query)")
            }
        }
    }

    private static func logNothing(_ state: String) {}

    @Test func `every text of a run is shown and none is markup`() async throws {
        try await with(log: Self.logHostile) { client, project, _ async throws in
            let id = FormBody.encoded(Self.hostile)
            for path in [
                "/", project, project + "/runs", "\(project)/run?id=\(id)", "\(project)/compare?run=\(id)",
                "\(project)/run?id=\(id)&smooth=0.9&scale=log&x=time", "\(project)/run?id=\(id)&metric=\(id)",
                "\(project)/runs?kind=\(id)&tag=\(id)&text=\(id)&status=finished",
            ] {
                let reply = try await client.send(.get, path, headers: Self.page)
                #expect(reply.status == 200, "\(path)")
                for markup in ["<i>", "<s>", "\"\u{301}"] { #expect(!reply.text.contains(markup), "\(path)") }
                #expect(reply.text.contains("&lt;i&gt;=1+1&lt;/i&gt;"), "\(path)")
                #expect(!reply.text.contains(" style="), "\(path)")
            }
        }
    }

    @Test func `a curve has all its points as CSV`() async throws {
        try await with(log: Self.logHostile) { client, project, _ async throws in
            let id = FormBody.encoded(Self.hostile)
            let page = try await client.send(.get, "\(project)/run?id=\(id)", headers: Self.page).text
            let address = "\(project)/run/points.csv?id=\(id)&metric=\(id)"
            #expect(page.contains(SafeHTML.escaped(address)))
            let reply = try await client.send(.get, address)
            let rows = reply.text.split(separator: "\r\n")
            #expect(reply.status == 200 && rows.count == 1001 && rows[0] == "run,number,step,time,value")
            #expect(rows[1].hasSuffix(",0.0") && rows[501].hasSuffix(",nan") && rows[1000].hasSuffix(",999.0"))
            let both = try await client.send(
                .get, "\(project)/compare/points.csv?run=\(id)&run=\(id)&metric=b")
            #expect(both.text.split(separator: "\r\n").count == 1001, "each run once")
            for path in ["id=\(id)&metric=none", "id=none&metric=b", "id=\(id)", "id=\(id)&metric=b&system=1"] {
                #expect(try await client.send(.get, "\(project)/run/points.csv?\(path)").status == 404, "\(path)")
            }
        }
    }

    @Test func `an alert waits on the first page until somebody says to have seen it`() async throws {
        try await with(log: Self.logHostile) { client, project, state async throws in
            let first = try await client.send(.get, "/", headers: Self.page)
            #expect(first.text.contains("(2 times)") && !first.text.contains("merely said"))
            let cookie = try #require(first.headers[.setCookie]?.split(separator: ";").first)
            let token = try #require(first.text.firstMatch(of: /name="form_token" value="([0-9a-f]+)"/)?.1)
            let alerts = try #require(first.text.firstMatch(of: /name="alerts" value="([0-9 ]+)"/)?.1)
            let headers: HTTPFields = [
                .cookie: String(cookie), .origin: "http://localhost",
                .contentType: "application/x-www-form-urlencoded",
            ]
            let body = "alerts=\(FormBody.encoded(String(alerts)))&author=Ada&next=/"
            let forged = try await client.send(.post, project + "/alerts", body: body, headers: headers)
            #expect(forged.status == 403)
            let store = try RunStore.open(state, project: "p")
            #expect(try await store.alerts(unseenOnly: true, seriousOnly: true).count == 2)
            let reply = try await client.send(
                .post, project + "/alerts", body: body + "&form_token=\(token)", headers: headers)
            #expect(reply.status == 303)
            #expect(try await store.alerts(unseenOnly: true, seriousOnly: true).isEmpty)
            #expect(try await store.alerts().first?.seen?.hasPrefix("Ada ") == true)
            let after = try await client.send(.get, "/", headers: Self.page).text
            #expect(!after.contains("(2 times)"))
        }
    }

    @Test func `a long list has pages, and filters that stay on the way through them`() async throws {
        let log = { (state: String) throws in
            let lines = try (0..<205).map { number in
                try LogRecord(
                    run: RunID("run-\(number)"), name: "n\(number)", time: 1000 + Double(number),
                    content: .run(RunFacts(kind: number < 3 ? "rare" : "training")))
            }
            try Inbox(state: state).append(lines)
        }
        try await with(log: log) { client, project, _ async throws in
            func text(_ query: String) async throws -> String {
                try await client.send(.get, "\(project)/runs\(query)", headers: Self.page).text
            }
            let first = try await text("?kind=training&status=")
            #expect(first.contains("1–100 of 202 runs") && first.contains("runs?kind=training&amp;page=2"))
            #expect(first.contains(">run-204<") && !first.contains(">run-104<"))
            let last = try await text("?kind=training&page=3")
            #expect(last.contains("201–202 of 202 runs") && !last.contains("Next runs"))
            let rare = try await text("?kind=rare")
            #expect(rare.contains(">run-2<") && !rare.contains(">run-3<") && !rare.contains("Next runs"))
            #expect(try await text("?kind=none").contains("No run is like that."))
            #expect(try await text("?page=99999999999999999999").contains("205"))
            let many = (0..<25).map { "run=run-\($0)" }.joined(separator: "&")
            let compared = try await client.send(.get, "\(project)/compare?\(many)", headers: Self.page).text
            #expect(compared.contains("Only the first 20 runs"))
        }
    }

    @Test func `the first run has none before it, and one without a name is called by its id`() async throws {
        let log = { (state: String) throws in
            let lines = try ["", "n"].enumerated().map { number, name in
                try LogRecord(
                    run: RunID("run-\(number)"), name: name, time: 1000 + Double(number), content: .run(RunFacts()))
            }
            try Inbox(state: state).append(lines)
        }
        try await with(log: log) { client, project, _ async throws in
            func text(_ path: String) async throws -> String {
                try await client.send(.get, project + path, headers: Self.page).text
            }
            #expect(try await !text("/run?id=run-0").contains("Compare with the one before"))
            #expect(
                try await text("/run?id=run-1").contains(
                    "compare?run=run-0&amp;run=run-1\">Compare with the one before"))
            #expect(try await text("/runs").contains(">run-0</a>"))
        }
    }

    @Test func `looking at a project without runs makes no database`() async throws {
        try await with(log: Self.logNothing) { client, project, state async throws in
            #expect(
                try await client.send(.get, project + "/runs", headers: Self.page).text.contains("No run was logged"))
            #expect(try await client.send(.get, project + "/compare?run=a", headers: Self.page).status == 200)
            #expect(try await client.send(.get, project + "/run?id=a", headers: Self.page).status == 404)
            #expect(!FileManager.default.fileExists(atPath: state + "/runs.db"))
        }
    }
}
