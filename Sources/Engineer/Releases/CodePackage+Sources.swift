/// The sources of the package in `code/`.
extension CodePackage {
    static let manifest = """
        // swift-tools-version: 6.2

        import PackageDescription

        /// Where Neo's sources are; README.md says more.
        let neo = Context.environment["NEO_PACKAGE"] ?? "/the folder that NEO_PACKAGE names"

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

    static let program = """
        import Foundation
        import RAG

        /// Answers the question on the command line from a release.
        @main
        struct Answer {
            static func main() async {
                var words = Array(CommandLine.arguments.dropFirst())
                let isJSON = words.first == "--json"
                if isJSON { words.removeFirst() }
                guard !words.isEmpty else { fail("Usage: answer [--json] QUESTION", status: 2) }
                do {
                    let release = try await OpenRelease(folder: folder)
                    let reply = try await release.answer(words.joined(separator: " "))
                    print(isJSON ? reply.json : text(of: reply))
                } catch {
                    fail(harmless("answer: \\(error)"), status: 1)
                }
            }

            /// The sentences, and where they were found.
            static func text(of reply: OpenRelease.Reply) -> String {
                let said = reply.isAbstention ? ["The documents do not answer this."] : reply.sentences
                let places = reply.passages.map { "  \\($0.document), line \\($0.line)" }
                return (said + places).map(harmless).joined(separator: "\\n")
            }

            /// A line of a document as a terminal may show it: without its control characters.
            static func harmless(_ line: String) -> String {
                String(String.UnicodeScalarView(line.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
            }

            /// The release: what NEO_RELEASE names, else the one that this package lies in.
            static var folder: String {
                ProcessInfo.processInfo.environment["NEO_RELEASE"]
                    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                    .deletingLastPathComponent().deletingLastPathComponent().path()
            }

            static func fail(_ message: String, status: Int32) -> Never {
                FileHandle.standardError.write(Data((message + "\\n").utf8))
                exit(status)
            }
        }

        """

    static let tests = """
        import Foundation
        import RAG
        import Testing

        @Suite struct GoldenTests {
            /// The release: what NEO_RELEASE names, else the one that this package lies in.
            private static let folder =
                ProcessInfo.processInfo.environment["NEO_RELEASE"].map { URL(filePath: $0) }
                ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()

            /// A row of tests/golden.jsonl.
            private struct Row: Decodable {
                var id: String
                var question: String
                var history: [Turn]?
                var passages: [String]
                var answer: String?
            }

            private struct Turn: Decodable {
                var role: String
                var content: String
            }

            @Test func `it answers as when the release was made`() async throws {
                let release = try await OpenRelease(folder: Self.folder.path())
                let lines = try String(contentsOf: Self.folder.appending(path: "tests/golden.jsonl"), encoding: .utf8)
                let rows = try lines.split(separator: "\\n").map { line in
                    try JSONDecoder().decode(Row.self, from: Data(line.utf8))
                }
                for row in rows {
                    let history = (row.history ?? []).map {
                        OpenRelease.Turn(isAnswer: $0.role == "assistant", text: $0.content)
                    }
                    let found = try await release.passages(for: row.question, after: history)
                    #expect(found.map(\\.id) == row.passages, "\\(row.id)")
                    // What a language model writes is not the same every time, and is not kept.
                    guard let answer = row.answer else { continue }
                    let reply = try await release.answer(row.question, after: history)
                    #expect(reply.hash == answer, "\\(row.id)")
                    #expect(reply.json.contains("\\"release\\":\\(release.number)"))
                }
            }
        }

        """
}
