import Base
import FoundationEssentials
import Processes
import Testing

/// What becomes of an agent's session when the disk is full.
@Suite(
    .timeLimit(.minutes(5)),
    .enabled("Nobody may mount a small disk here: `unshare` with a mount namespace is refused.") {
        await FullDisk.opener() != nil
    }
)
struct FullDiskSessionTests {
    @Test func `a session on a full disk says so, and with room again goes on and repeats nothing`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let rooms = [0, 4, 12, 24, 48]
            try await ScriptedChatServer.serving(neo, steps: 30) {
                try await FullDisk.run(
                    neo,
                    """
                    for room in \(rooms.map(String.init).joined(separator: " ")); do
                        leave $room
                        if ls w/.neo/sessions/*.jsonl 2>/dev/null >&2; then more="--continue"; else more=""; fi
                        mkdir -p w
                        attempt $room "$NEO" agent $more "Count." --folder w --tools small
                    done
                    rm filler
                    if ls w/.neo/sessions/*.jsonl 2>/dev/null >&2; then more="--continue"; else more=""; fi
                    attempt rest "$NEO" agent $more "Go on." --folder w --tools small
                    cp w/numbers ..
                    """)
            }
            var full = 0
            for room in rooms {
                let attempt = try FullDisk.attempt("\(room)", of: neo)
                guard attempt.status != 0 else { continue }
                full += 1
                #expect(
                    attempt.errorOutput.contains("space") || attempt.errorOutput.contains("full"),
                    "\(attempt.errorOutput)")
                #expect(!attempt.errorOutput.contains("Fatal error"))
            }
            #expect(full >= 2)
            let rest = try FullDisk.attempt("rest", of: neo)
            #expect(rest.status == 0, "\(rest.errorOutput)")
            // Which appends found room is the disk's; none was made twice.
            let numbers = try neo.read("numbers").split(separator: "\n")
            #expect(!numbers.isEmpty && Set(numbers).count == numbers.count, "\(numbers)")
        }
    }
}
