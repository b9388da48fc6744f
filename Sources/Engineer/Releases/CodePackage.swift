/// `code/`: a small Swift package that answers from the release by Neo's product RAG, to be read and built upon.
struct CodePackage {
    let number: Int

    /// Writes it.
    func write(to files: inout ReleaseFiles) throws {
        for (path, text) in [
            ("Package.swift", Self.manifest), ("README.md", readme), ("Sources/answer/Answer.swift", Self.program),
            ("Tests/answerTests/GoldenTests.swift", Self.tests),
        ] {
            try files.write(text, to: "code/\(path)")
        }
    }

    private var readme: String {
        """
        # The code of release \(number)

        It answers from the folder that it lies in, as `neo serve` does. `NEO_PACKAGE` names a checkout of Neo.

        ```
        NEO_PACKAGE=/path/to/neo swift run answer "How do I rotate the keys?"
        NEO_PACKAGE=/path/to/neo swift test
        NEO_PACKAGE=/path/to/neo swift build -c release --static-swift-stdlib
        ```

        `Sources/answer/Answer.swift` is all of it: change what is done with a reply there. The tests ask the questions of
        `../tests/golden.jsonl` and compare the answers byte by byte, by their SHA-256.

        """
    }

    private static let manifest = """
        // swift-tools-version: 6.2

        import PackageDescription

        let neo = Context.environment["NEO_PACKAGE"] ?? "../../../../neo"

        let package = Package(
            name: "release",
            platforms: [.macOS(.v15)],
            dependencies: [.package(name: "neo", path: neo)],
            targets: [
                .executableTarget(name: "answer", dependencies: [.product(name: "RAG", package: "neo")]),
                .testTarget(name: "answerTests", dependencies: [.product(name: "RAG", package: "neo")]),
            ]
        )

        """

    private static let program = """
        import Foundation
        import RAG

        /// Answers the question on the command line from the release that this package lies in.
        @main
        struct Answer {
            static func main() async throws {
                let question = CommandLine.arguments.dropFirst().joined(separator: " ")
                let release = try await OpenRelease(folder: folder)
                let reply = try await release.answer(question)
                if reply.isAbstention { print("The documents do not answer this.") }
                for sentence in reply.sentences { print(sentence) }
                for passage in reply.passages { print("  \\(passage.document), line \\(passage.line)") }
            }

            /// The release: three folders above this file, or what NEO_RELEASE names.
            static var folder: String {
                ProcessInfo.processInfo.environment["NEO_RELEASE"]
                    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                    .deletingLastPathComponent().deletingLastPathComponent().path()
            }
        }

        """

    private static let tests = """
        import Foundation
        import RAG
        import Testing

        @Suite struct GoldenTests {
            private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

            /// A row of tests/golden.jsonl.
            private struct Row: Decodable {
                var id: String
                var question: String
                var passages: [String]
                var answer: String?
                var history: [[String: String]]?
            }

            @Test func `it answers as when the release was made`() async throws {
                let release = try await OpenRelease(folder: Self.folder.path())
                let lines = try String(contentsOf: Self.folder.appending(path: "tests/golden.jsonl"), encoding: .utf8)
                let rows = try lines.split(separator: "\\n").map { line in
                    try JSONDecoder().decode(Row.self, from: Data(line.utf8))
                }
                #expect(!rows.isEmpty)
                for row in rows where row.history == nil {
                    #expect(try await release.passages(for: row.question).map(\\.id) == row.passages, "\\(row.id)")
                    if let answer = row.answer {
                        #expect(try await release.answer(row.question).hash == answer, "\\(row.id)")
                    }
                }
            }
        }

        """
}
