import Base
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Engineer
@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ServicePageTests {
    private static let project = [
        ("neo.yaml", "name: tea\ndocuments: [d.md]\n"),
        ("golden.jsonl", #"{"id": "a", "question": "Why tea?", "answers": ["x"], "answerable": false}"# + "\n"),
    ]

    private static func with(_ test: @escaping @Sendable (DashboardBrowser) async throws -> Void) async throws {
        try await DashboardBrowser.with("service", files: project) { browser async throws in
            try await ServedMonth.watch(in: browser.folder, at: Date().timeIntervalSince1970)
            try await test(browser)
        }
    }

    @Test func `a project that was never served says what begins it, and gets no records`() async throws {
        try await DashboardBrowser.with("service", files: Self.project) { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("Nothing was served here yet") && page.contains("neo serve"))
            #expect(page.contains("Nothing was compared yet") && page.contains("None was asked yet"))
            #expect(page.contains("No service has looked at the documents"))
            #expect(!FileManager.default.fileExists(atPath: browser.folder + "/.neo/service.db"))
        }
    }

    @Test func `an alert has its sentence, times, evidence, command, and who was told`() async throws {
        try await Self.with { browser async throws in
            let page = try await browser.page()
            let parts = page.split(separator: "<li id=\"alert-").map { String($0) }
            let open = try #require(parts.first { $0.hasPrefix("2\"") })
            #expect(open.contains("9 of 20 requests failed.") && open.contains("look at once"))
            #expect(open.contains("> firing<") && open.contains("fired <time") && !open.contains("ended <time"))
            #expect(open.contains("told that it fires: given up after 1 try") && open.contains("Refused."))
            #expect(open.contains("<dt>share_lower</dt><dd>0.2581</dd>") && open.contains("neo query"))
            let over = try #require(parts.first { $0.hasPrefix("1\"") })
            #expect(over.contains("> resolved<") && over.contains("ended <time"))
            #expect(over.contains("told that it is over: arrived after 1 try"))
            #expect(!over.contains("Seen<"), "what is over needs nobody to have seen it")
        }
    }

    @Test func `an alert waits on the first page until somebody says to have seen it`() async throws {
        try await Self.with { browser async throws in
            func front() async throws -> String {
                try await browser.client.send(.get, "/", headers: browser.headers).text
            }
            let before = try await front()
            #expect(before.contains("The service, at once: 9 of 20 requests failed."))
            #expect(
                before.contains("href=\"/p/\(browser.id)/service#alert-2\"") && before.contains("service\">1 alert</a>")
            )
            let place = "/p/\(browser.id)/alert-seen"
            let reply = try await browser.post(["alert": "2", "author": "Ada", "next": "/"], to: place)
            #expect(reply.status == 303)
            #expect(try await !front().contains("requests failed"))
            #expect(try await browser.page().contains("Seen by Ada."))
            #expect(try await browser.post(["alert": "1", "author": "Ada", "next": "/"], to: place).status == 422)
            #expect(try await browser.post(["alert": "x", "author": "Ada", "next": "/"], to: place).status == 422)
        }
    }

    @Test func `what came in is counted by window, day and release`() async throws {
        try await Self.with { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("9 of 20 (25.8 – 65.8 %)"), "of the last hour and of release 4 alike")
            #expect(page.contains("3 of 41 (2.5 – 19.4 %)") && page.contains("aria-label=\"Requests by day\""))
            // By release, so that no midnight makes a difference.
            func requests() async throws -> [Substring: Int] {
                let table = try await browser.client.send(.get, browser.path + "/days.csv", headers: browser.headers)
                let rows = table.text.split(separator: "\r\n").dropFirst()
                    .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
                return Dictionary(rows.map { ($0[1], Int($0[2]) ?? 0) }, uniquingKeysWith: +)
            }
            #expect(try await requests() == ["1": 40, "2": 30, "4": 20])
            // Today is counted anew at each look, the days before once.
            let service = try ServiceDatabase(path: browser.folder + "/.neo/service.db")
            try await service.add([
                ServiceRequest(
                    id: "z", time: Date().timeIntervalSince1970, service: "s", route: "/v1/answer", outcome: .answered,
                    status: 200, milliseconds: 20)
            ])
            #expect(try await requests() == ["1": 40, "2": 30, "4": 20, "": 1])
        }
    }

    @Test func `drift, golden questions and documents have their verdicts`() async throws {
        try await Self.with { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("what words questions have") && page.contains("more now: &lt;img"))
            #expect(page.contains("> drifted<") && page.contains("> has no test<") && page.contains("the month before"))
            #expect(page.contains("> not found<") && page.contains("1 of 2</td>") && page.contains("Why tea?"))
            #expect(page.contains("Asked from outside 2 times whether it is ready, it was not 1 time."))
            #expect(
                page.contains("2 files are followed") && page.contains("/golden#q-\(PageWords.anchor("a"))\">a</a>"))
            // What failed last stands first.
            let places = ["not found<", "> found<"].map { page.firstRange(of: $0)?.lowerBound }
            #expect(try #require(places[0]) < #require(places[1]))
        }
    }

    @Test func `records that are damaged are said, and the other pages are there all the same`() async throws {
        let damaged = Self.project + [(".neo/service.db", "no database at all")]
        try await DashboardBrowser.with("releases", files: damaged) { browser async throws in
            func get(_ path: String) async throws -> Reply {
                try await browser.client.send(.get, path, headers: browser.headers)
            }
            let base = "/p/\(browser.id)"
            for path in [base + "/service", base + "/feedback"] {
                let page = try await get(path)
                #expect(page.status == 422 && page.text.contains("service.db"), "\(page.text)")
            }
            for path in ["/", base + "/releases"] { #expect(try await get(path).status == 200, "\(path)") }
            #expect(try await get(base).text.contains("service.db"), "the project's page says what cannot be read")
        }
    }

    @Test func `titles, commands, channels, documents and words of users are never markup`() async throws {
        try await Self.with { browser async throws in
            for path in [browser.path, "/p/\(browser.id)", "/"] {
                let page = try await browser.client.send(.get, path, headers: browser.headers).text
                #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"), "\(path)")
                #expect(!page.contains("<img") && !page.contains("<script>") && !page.contains("\u{202E}"), "\(path)")
            }
            for name in ["alerts", "drift", "probes"] {
                let table = try await browser.client.send(
                    .get, "\(browser.path)/\(name).csv", headers: browser.headers)
                #expect(
                    table.status == 200 && table.text.split(separator: "\r\n").count == 3 + (name == "probes" ? 1 : 0))
            }
        }
    }

    @Test func `a page that is open hears of what a service keeps`() async throws {
        try await Self.with { browser async throws in
            let found = try #require(try ProjectFinder.find(in: [browser.folder]).first)
            let before = await ProjectReader(found).stamp()
            let database = try ServiceDatabase(path: browser.folder + "/.neo/service.db")
            try await database.keep(["a": 1], as: "something")
            // Another reader: one looks every two seconds at most.
            #expect(await ProjectReader(found).stamp() != before)
            let page = try await browser.page()
            for part in [
                "servicealerts", "servicewindows", "servicedays", "servicedrift", "serviceprobes", "servicedocuments",
            ] {
                #expect(page.contains("<div id=\"live-\(part)\">"))
            }
        }
    }
}
