import Base
import TestSupport
import Testing

@testable import Agents

@Suite struct MemoryFactTests {
    @Test func `a fact is looked at where it comes from, each time it is read`() async throws {
        try await MemoryStoreTests.with { store, _ in
            var files = ["docs/tea.md": "Steep **green tea** for\ntwo minutes.", "b.md": "As it is."]
            func standing(_ id: String) throws -> MemoryFact.Standing? {
                try store.facts { files[$0] }.first { $0.fact.id == id }?.standing
            }
            let tea = try store.remember(
                "Tea steeps two minutes.", source: "docs/tea.md", quote: "green tea for two minutes", author: "a test"
            ) { files[$0] }
            let whole = try store.remember("B is as it is.", source: "b.md", author: "a test") { files[$0] }
            let said = try store.remember("It moves in May.", source: "Ada", author: "a test") { files[$0] }
            #expect(try standing(tea.id) == .holds && standing(whole.id) == .holds)
            #expect(try standing(said.id) == .unchecked("somebody's word"))
            files["docs/tea.md"] = "Steep green tea for three minutes."
            files["b.md"] = nil
            #expect(try standing(tea.id) == .stale("docs/tea.md no longer says so"))
            #expect(try standing(whole.id) == .stale("b.md is gone"))
            // The same fact again is one.
            files["b.md"] = "Anew."
            _ = try store.remember("B is as it is.", source: "b.md", author: "a test") { files[$0] }
            let three = try store.facts { files[$0] }
            #expect(three.count == 3)
            #expect(try standing(whole.id) == .holds)
            #expect(try store.forget(said.id).text == "It moves in May.")
            let two = try store.facts { files[$0] }
            #expect(two.count == 2)
            #expect(throws: AgentsError.self) { try store.forget("zzz") }
        }
    }

    @Test func `what a source does not say, and a file that may not be read, is refused`() async throws {
        try await MemoryStoreTests.with { store, _ in
            for (source, quote) in [("a.md", "three"), ("../b.md", "x"), ("docs/none", nil), ("c.md", nil), ("", "x")] {
                #expect(throws: AgentsError.self, "\(source)") {
                    try store.remember("It is so.", source: source, quote: quote, author: "a test") {
                        $0 == "a.md" ? "two" : nil
                    }
                }
            }
            let facts = try store.facts { _ in nil }
            #expect(facts.isEmpty)
        }
    }

    @Test(arguments: [("2026-01-01", true), ("2026-11-01", false), ("nonsense", false)])
    func `what nobody can look at goes stale with time`(date: String, isOld: Bool) {
        let fact = MemoryFact(id: "a", text: "So.", source: .person("Ada"), date: date)
        let standing = fact.standing(today: "2026-11-22") { _ in nil }
        if isOld {
            #expect(standing == .stale("noted 325 days ago, and not looked at since"))
        } else {
            #expect(standing == .unchecked("somebody's word"))
        }
    }

    @Test func `points that people write are facts, and other lines are not`() {
        let page = FactsPage(
            "# Facts\nprose\n* By hand.\n  - source: `a.md` \"by hand\"\n  - odd: x\n- Second [0a1b2c3d]\n")
        #expect(page.facts.map(\.text) == ["By hand.", "Second"])
        #expect(page.facts[0].source == .file("a.md", quote: "by hand", hash: nil) && page.facts[1].id == "0a1b2c3d")
    }
}
