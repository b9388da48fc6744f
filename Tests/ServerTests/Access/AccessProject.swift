import AutoML
import Base
import Engineer
import FoundationEssentials
import RAG
import Retrieval
import TestSupport
import Testing

/// A project of some documents that everybody sees, and others that are hidden from most.
struct AccessProject {
    let folder: String

    /// An encoder whose vectors depend on the text alone; or also on how many are encoded together, as those of a real one
    /// may in their last digits.
    struct Encoder: TextEncoder {
        var dependsOnOthers = false
        /// Hears what is encoded.
        var onText: @Sendable (String) -> Void = { _ in }
        let identity = "letters"
        let dimension = 16

        func encode(_ texts: [String]) async throws -> Matrix {
            texts.forEach(onText)
            return Matrix(
                columns: dimension,
                values: texts.flatMap { text -> [Float] in
                    var row = [Float](repeating: 0.01, count: dimension)
                    for byte in text.utf8 { row[Int(byte) % dimension] += 1 }
                    if dependsOnOthers { row[0] += Float(texts.count) / 8 }
                    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
                    return row.map { $0 / length }
                })
        }
    }

    /// A reranker whose scores depend on the pair alone.
    struct Scorer: PairScorer {
        let identity = "lengths"

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            passages.map { Float(($0.utf8.count * 31 + query.utf8.count) % 17) }
        }
    }

    static let open = [
        "docs/tea.md": "# Tea\n\nSteep green tea for two minutes at eighty degrees.\n\nBlack tea wants four minutes.\n",
        "docs/coffee.md": "# Coffee\n\nA moka pot wants a fine grind and a low flame. Coffee likes soft water.\n",
        "docs/water.md":
            "---\ntopic: water\n---\n# Water\n\nHard water dulls the taste; a filter takes out the lime.\n",
        "docs/pay.md": "# Pay\n\nWages are paid on the last day of each month.\n",
        "docs/board/plan.md": "---\naccess: board\n---\n# Plan\n\nThe board plans a second tea house in spring.\n",
    ]

    /// The best hits, a copy of an open file that comes before it, another language, another format, and a document that
    /// its own first lines hide.
    static let hidden = [
        "docs/hr/salaries.md":
            "---\ntopic: secret\n---\n# Salaries\n\nGreen tea costs Ada a salary of 5000 coins, and the salary rises.\n",
        "docs/a/tea.md":
            "# Tea\n\nSteep green tea for two minutes at eighty degrees.\n\nBlack tea wants four minutes.\n",
        "docs/hr/gehalt.md": "# Gehalt\n\n"
            + String(
                repeating: "Das Gehalt und der Tee sind nicht für alle da, aber die Leute wissen es auch nicht.\n\n",
                count: 40),
        "docs/hr/page.html": "<html><body><h1>Tea</h1><p>Tea and coffee, coffee and water.</p></body></html>",
        "docs/own.md": "---\naccess: [hr]\n---\n# Own\n\nThe salary of green tea is a secret of its own.\n",
        "docs/odd.md": "---\naccess: {of: nobody}\n---\n# Odd\n\nA moka pot of green tea has an odd salary.\n",
    ].merging(
        // So many that the language of all documents is theirs.
        (1...9).map {
            (
                "docs/hr/blatt-\($0).md",
                "# Blatt \($0)\n\nDas Gehalt und der Tee sind nicht für alle da, aber die Leute wissen es auch nicht, und das ist gut so.\n"
            )
        }, uniquingKeysWith: { first, _ in first })

    static let yaml = """
        name: house
        documents: ["docs/**/*"]
        text: {language: auto}
        encoder: {api: openai, url: "http://127.0.0.1:1", model: e}
        reranker: {api: openai, url: "http://127.0.0.1:1", model: r}
        access:
          documents:
            - match: "{hr,a}/**"
              groups: [hr]
            - match: "docs/*.md"
              groups: [everyone]
        """

    /// A project in a folder of its own.
    static func with<Result>(
        hidden isHidden: Bool, yaml: String = yaml, _ body: (AccessProject) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { folder in
            let project = AccessProject(folder: folder)
            try project.write("neo.yaml", yaml)
            for (path, text) in open.merging(isHidden ? hidden : [:], uniquingKeysWith: { first, _ in first }) {
                try project.write(path, text)
            }
            return try await body(project)
        }
    }

    func write(_ path: String, _ text: String) throws {
        let url = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        // What a file's date says of a document must not differ between two folders.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_790_000_000)], ofItemAtPath: url.path)
    }

    /// Models that are served by nobody but this test.
    static func ports(_ encoder: Encoder = Encoder()) -> Workspace.Ports {
        Workspace.Ports(
            storedModel: { _ in throw CancellationError() }, modelFolder: { _ in throw CancellationError() },
            embedder: { _ in encoder }, reranker: { _ in Scorer() }, threads: 2)
    }

    /// The release of a configuration, as each group sees it.
    func views(_ values: [String: JSONValue], capacity: Int = 16) async throws -> AccessViews {
        let workspace = try await Workspace.open(try Project(opening: folder), ports: Self.ports())
        return ProjectViews.open(workspace, capacity: capacity) { view in
            var configuration = try view.space().default.values
            configuration.merge(values) { $1 }
            return try await Release.open(view, configuration: Configuration(configuration), study: "of all documents")
        }
    }
}
