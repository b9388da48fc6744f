internal import Base
internal import Retrieval

/// A search by words (BM25) over all that is remembered.
package struct MemorySearch: Sendable {
    /// Something that was found.
    package struct Hit: Sendable, Hashable {
        /// What it is: `commit`, `fact`, `project`, `log`, `preference`.
        package var kind: String
        /// Which one: a commit's id, a fact's, a branch.
        package var name: String
        package var text: String
        package var score: Float
    }

    private struct Unit {
        var kind: String
        var name: String
        var text: String
    }

    private let units: [Unit]
    private let index: BM25Index
    // Names of code are found by their parts, too.
    private let analyzer = Analyzer(stemmer: try? Stemmer(language: "english"), stopWords: .english, codeAware: true)

    /// Reads all of a memory.
    package init(_ context: MemoryContext) throws {
        var units: [Unit] = []
        let store = context.store
        for branch in store.exists ? store.branchNames : [] {
            units += try store.commits(of: branch).map {
                Unit(kind: "commit", name: $0.id, text: [$0.step, $0.soFar].joined(separator: "\n"))
            }
            units += try store.logLines(of: branch, last: 2_000).map { Unit(kind: "log", name: branch, text: $0) }
        }
        units += try store.facts(read: context.read).map { Unit(kind: "fact", name: $0.fact.id, text: $0.fact.text) }
        units += context.preferred.map { Unit(kind: "preference", name: "user", text: $0) }
        let page = store.exists ? try store.locked { try $0.text("main.md") } ?? "" : ""
        units += page.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.map {
            Unit(kind: "project", name: "main.md", text: String($0))
        }
        self.units = units
        index = BM25Index(documents: analyzer.terms(ofAll: units.map(\.text)))
    }

    /// The best first.
    package func hits(for words: String, limit: Int) -> [Hit] {
        index.search(analyzer.terms(of: words), limit: limit).map { hit in
            let unit = units[hit.chunk]
            return Hit(
                kind: unit.kind, name: unit.name, text: MemoryText.line(unit.text, most: 400), score: hit.score)
        }
    }
}
