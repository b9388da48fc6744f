import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// The review of proposed golden questions in a real browser.
@Suite(
    .enabled(if: Browser.python != nil, "scripts/browser-environment and chromium drive these"), .timeLimit(.minutes(5))
)
struct GoldenBrowserTests {
    @Test func `proposed questions are decided of with one key each, and without JavaScript`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write(
                "p/docs/<b>locks.md",
                """
                # Locks

                A mutex is a lock that only one thread holds at a time.
                A semaphore is a counter that admits several threads at once.
                A barrier is a place where threads wait for each other.
                A queue is a list of callers that wait for their turn.
                Streams are bounded because every buffer costs memory.
                The LockTable has 64 slots and a spare one.
                """)
            try neo.write("p/neo.yaml", "documents: [docs/*.md]\n")
            let result = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                try await Browser.run(
                    "golden.py", { ["http://127.0.0.1:\(server.port)", folder + "/p", $0] }, home: folder + "/home")
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
        }
    }

    @Test func `two people label with the keyboard, and what they differ in is decided`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let row = { (id: Int) -> JSONValue in
                [
                    "id": .string("q\(id)"), "question": .string("What is <i>\(id)?"), "answers": ["tea"],
                    "evidence": [["document": "tea.md", "quote": "A sentence <u>of the house."]],
                ]
            }
            try neo.write("p/docs/tea.md", "# Tea\n\nA sentence <u>of the house. Another one.\n")
            try neo.write("p/neo.yaml", "documents: [docs/*.md]\n")
            try neo.write("p/golden.jsonl", (1...4).map { row($0).canonicalText + "\n" }.joined())
            try await Browser.run(
                "labels.py", { [try NeoProcess.executable(), neo.folder, $0] }, home: neo.folder + "/home")
        }
    }
}
