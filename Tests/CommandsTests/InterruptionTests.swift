import Base
import Processes
import Testing

/// Ctrl-C. The scripts wait for what `neo` says on standard error, never for a time.
@Suite(.timeLimit(.minutes(5))) struct InterruptionTests {
    /// Enough values for a search that never ends by itself.
    private static let endlessSpace = """
        documents: [../docs/*.md]
        encoder: none
        space:
          bm25.k1: [\((0..<400).map { "\(1 + Double($0) / 1000)" }.joined(separator: ", "))]
          bm25.b: [\((0..<400).map { "\(0.5 + Double($0) / 1000)" }.joined(separator: ", "))]

        """

    @Test(arguments: ["INT", "TERM"])
    func `a search that is interrupted once stops in order, and goes on to the results of one that was not`(
        signal: String
    ) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", Self.endlessSpace)
            try neo.write("q/neo.yaml", Self.endlessSpace)
            try neo.write("q/golden.jsonl", NeoProcess.goldenRows)
            let script = """
                mkfifo said
                "$0" "$@" > output 2> said &
                exec 3< said
                while read -r line <&3; do case $line in *"best so far"*) break ;; esac; done
                kill -\(signal) $!
                cat <&3 > rest
                status=0; wait $! || status=$?
                cat rest >&2; cat output
                exit $status
                """
            let stopped = try await neo.run(
                through: ["bash", "-c", script], ["search", "p", "--trials", "100000", "--json"])
            #expect(stopped.status == 130, "\(stopped.errorOutput)")
            #expect(stopped.output.isEmpty)
            #expect(stopped.errorOutput.contains("Stopping"))
            #expect(stopped.errorOutput.contains("the same command goes on from there"), "\(stopped.errorOutput)")

            let resumed = try await neo.check("search", "p", "--trials", "20")
            #expect(resumed.errorOutput.contains("going on with a search"))
            try await neo.check("search", "q", "--trials", "20")
            #expect(try neo.results(at: "p/results.json") == neo.results(at: "q/results.json"))
            // What had been measured was kept.
            #expect(try measured(neo, "p") < measured(neo, "q"))
        }
    }

    @Test func `a second interruption ends at once, whatever hangs`() async throws {
        try await NeoProcess.withProject { neo async throws in
            // More than a pipe holds, so that writing it hangs where nobody reads on. The first byte shows that it began.
            let question = String(repeating: "How long does green tea stay in the pot? ", count: 4000)
            try neo.write(
                "p/golden.jsonl",
                NeoProcess.goldenRows.replacing("How long does green tea stay in the pot?", with: question))
            try await neo.check("search", "p", "--trials", "1")
            let script = """
                mkfifo said output
                "$0" "$@" 2> said > output &
                exec 3< said 4< output
                read -r -n 1 -u 4 first
                kill -INT $!
                while read -r line <&3; do case $line in *Stopping*) break ;; esac; done
                kill -INT $!
                cat <&3 > rest
                status=0; wait $! || status=$?
                cat rest >&2
                exit $status
                """
            let stopped = try await neo.run(through: ["bash", "-c", script], ["export", "jsonl", "p"])
            #expect(stopped.status == 130, "\(stopped.errorOutput)")
            #expect(stopped.errorOutput.isEmpty)
        }
    }

    private func measured(_ neo: NeoProcess, _ project: String) throws -> Int {
        try #require(JSONValue(parsing: neo.read("\(project)/results.json"))["timings"]?["questionsMeasured"]?.integer)
    }
}
