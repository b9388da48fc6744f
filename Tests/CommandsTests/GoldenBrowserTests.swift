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
}
