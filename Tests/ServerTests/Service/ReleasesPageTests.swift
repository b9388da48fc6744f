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

@Suite struct ReleasesPageTests {
    private static let project = [("neo.yaml", "name: tea\ndocuments: [d.md]\n")]

    /// The part of a page that stands between the beginning of an element and the next one of its kind.
    private static func part(_ page: String, _ anchor: String) -> String {
        let after = page.split(separator: "id=\"\(anchor)\"").dropFirst().first
        return after?.split(separator: "<li id=").first.map { String($0) } ?? ""
    }

    @Test func `a project without a release says which command makes one, and gets no database`() async throws {
        try await DashboardBrowser.with("releases", files: Self.project) { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("There is no release yet") && page.contains("neo release build"))
            #expect(page.contains("No release is in service") && page.contains("neo release promote 1"))
            #expect(!FileManager.default.fileExists(atPath: browser.folder + "/.neo/neo.db"))
            let front = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(!front.contains("/releases\""), "nothing is said of a service that there is not")
        }
    }

    @Test func `every step stands there with what the gate found, and can be linked to`() async throws {
        try await DashboardBrowser.with("releases", files: Self.project) { browser async throws in
            try await ServedMonth.release(in: browser.folder)
            let page = try await browser.page()
            let first = Self.part(page, "step-1")
            #expect(first.contains("Release 1 was put into service<") && first.contains("no release before it"))
            #expect(Self.part(page, "step-2").contains("Release 2 was put beside release 1 as a canary"))
            let promoted = Self.part(page, "step-3")
            #expect(promoted.contains("Release 2 was put into service in place of release 1"))
            #expect(promoted.contains("Not worse: the whole 95 % interval of the difference lies above −0.020"))
            #expect(promoted.contains("<b>0.040</b> <span>0.010 – 0.070</span>") && promoted.contains("the usual one"))
            #expect(promoted.contains("60 held-out questions") && promoted.contains("opened 5 times"))
            #expect(promoted.contains("That is often") && promoted.contains("p95 &lt; 800 ms"))
            let refused = Self.part(page, "step-4")
            #expect(refused.contains("Release 3 was refused") && refused.contains("Worse: the whole"))
            #expect(!refused.contains("--decide"), "what is worse cannot be decided")
            let decided = Self.part(page, "step-5")
            #expect(decided.contains("A person decided") && decided.contains("We need it."))
            #expect(decided.contains("About 240 more questions like these would."))
            let back = Self.part(page, "step-6")
            #expect(back.contains("Release 4 was taken back; release 2 answers again"))
            #expect(back.contains("by the service itself") && back.contains("9 of its 40 requests failed"))
            #expect(page.contains("neo release rollback"), "there is a release to go back to")
            #expect(page.contains("href=\"#release-2\">Release 2</a>") && page.contains("href=\"#step-7\""))
        }
    }

    @Test func `a gate that could not tell waits for a person, until something else was asked for`() async throws {
        try await DashboardBrowser.with("releases", files: Self.project) { browser async throws in
            try await ServedMonth.release(in: browser.folder)
            let folder = ShellWord.quoted(browser.folder)
            let command = "neo release promote 5 \(folder) --decide &quot;why&quot;"
            #expect(Self.part(try await browser.page(), "step-7").contains(command))
            for path in ["/", "/p/\(browser.id)"] {
                let page = try await browser.client.send(.get, path, headers: browser.headers).text
                #expect(page.contains("could not tell whether release 5 is worse than release 2"))
                #expect(page.contains("href=\"/p/\(browser.id)/releases#step-7\""))
                #expect(page.contains("<a href=\"/p/\(browser.id)/releases\">Release 2</a>"))
            }
            let database = try NeoDatabase(path: browser.folder + "/.neo/neo.db")
            let worse = ServedMonth.gate(.worse, release: 5, against: 2, difference: (-0.2, -0.3, -0.1))
            _ = try await database.keepPromotion(ServedMonth.promotion(worse, isAccepted: false, hour: 70))
            #expect(!(try await browser.page()).contains("--decide"))
            let front = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(!front.contains("could not tell whether"))
        }
    }

    @Test func `words of people and of gates are never markup, in pages, parts and tables`() async throws {
        try await DashboardBrowser.with("releases", files: Self.project) { browser async throws in
            try await ServedMonth.release(in: browser.folder)
            let page = try await browser.page()
            #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
            #expect(!page.contains("<img") && !page.contains("<script>") && !page.contains("\u{202E}"))
            #expect(page.contains("{{title}}"), "no word is read as a template")
            let steps = try await browser.client.send(.get, browser.path + "/steps.csv", headers: browser.headers)
            #expect(steps.text.split(separator: "\r\n").count == 8)
            let releases = try await browser.client.send(.get, browser.path + "/releases.csv", headers: browser.headers)
            #expect(releases.text.contains("5,built,2026-11-01T00:00:00Z"))
        }
    }

    @Test func `a promotion reaches a page that is open`() async throws {
        try await DashboardBrowser.with("releases", files: Self.project) { browser async throws in
            try await ServedMonth.release(in: browser.folder)
            let reader = try await browser.assembly.projects.reader(browser.id)
            let before = await reader.stamp()
            let database = try NeoDatabase(path: browser.folder + "/.neo/neo.db")
            let gate = ServedMonth.gate(.notWorse, release: 5, against: 2, difference: (0.1, 0.05, 0.15))
            let after = LiveReleases(live: 5, previous: 2)
            #expect(
                try await database.keepPromotion(
                    ServedMonth.promotion(gate, isAccepted: true, hour: 71),
                    changing: (LiveReleases(live: 2, previous: 1), after)))
            #expect(await reader.stamp() != before)
            #expect(try await browser.page().contains("href=\"#release-5\">Release 5</a>"))
        }
    }
}
