import Base
import Processes
import Testing

/// A disk of two megabytes that is really full: a file system in memory, in a mount namespace that ends with the
/// script that runs in it.
struct FullDisk {
    /// How a command on the disk ended.
    struct Attempt {
        let status: Int
        let errorOutput: String
    }

    /// What opens the namespace; nil where this system lets nobody do so.
    static func opener() async -> [String]? {
        for opener in [["unshare", "-m"], ["unshare", "-Urm"]] {
            let probe = ChildProcess(
                executable: opener[0], arguments: opener.dropFirst() + ["mount", "-t", "tmpfs", "none", "/mnt"])
            if (try? await probe.run())?.status == 0 { return opener }
        }
        return nil
    }

    /// Copies `docs` and `p` onto the disk and runs a script there, with the path of `neo` in `$NEO`, and two functions:
    /// `leave N` fills the disk up to N KiB, and `attempt NAME COMMAND…` notes how a command ends.
    static func run(_ neo: NeoProcess, _ script: String) async throws {
        try neo.write("disk.sh", prelude + script)
        let opener = try #require(await opener())
        let result = try await neo.run(through: opener + ["bash", "disk.sh"], [])
        try #require(result.status == 0, "\(result.output)\(result.errorOutput)")
    }

    static func attempt(_ name: String, of neo: NeoProcess) throws -> Attempt {
        let status = try #require(Int(neo.read("attempts/\(name).status").filter(\.isNumber)), "\(name) was not tried")
        return Attempt(status: status, errorOutput: try neo.read("attempts/\(name).error"))
    }

    private static let prelude = """
        set -eu
        NEO=$1
        mkdir disk attempts
        mount -t tmpfs -o size=2m none disk
        cp -r docs p disk
        cd disk
        leave() {
            rm -f filler
            free=$(df -k --output=avail . | tail -n 1)
            if [ "$free" -gt "$1" ]; then head -c $(((free - $1) * 1024)) /dev/zero > filler; fi
        }
        attempt() {
            name=$1
            shift
            status=0
            "$@" > "../attempts/$name.output" 2> "../attempts/$name.error" || status=$?
            echo "$status" > "../attempts/$name.status"
        }

        """
}

/// What a user sees whose disk is full, and what is left when there is room again.
@Suite(
    .enabled("Nobody may mount a small disk here: `unshare` with a mount namespace is refused.") {
        await FullDisk.opener() != nil
    }
)
struct FullDiskTests {
    @Test func `a search on a full disk says so, and with room again ends with the results of an undisturbed one`()
        async throws
    {
        try await NeoProcess.withProject { neo async throws in
            let rooms = [0, 8, 16, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 384]
            try await FullDisk.run(
                neo,
                """
                for room in \(rooms.map(String.init).joined(separator: " ")); do
                    leave $room
                    attempt $room "$NEO" search p --trials 12
                done
                rm filler
                attempt rest "$NEO" search p --trials 12 --json
                cp p/results.json ..
                """
            )
            var known = 0
            var refused = 0
            for room in rooms {
                let attempt = try FullDisk.attempt("\(room)", of: neo)
                let resumed = resumedTrials(attempt)
                // An attempt that got so far must find all that was acknowledged to the earlier ones.
                #expect(resumed.map { $0 >= known } ?? true, "\(room) KiB: \(attempt.errorOutput)")
                known = max(known, resumed ?? 0)
                guard attempt.status != 0 else { continue }
                refused += 1
                #expect(attempt.status == 1)
                expectFullDisk(attempt, at: "/disk/p/", "\(room) KiB")
            }
            #expect(refused >= 6)
            let rest = try FullDisk.attempt("rest", of: neo)
            #expect(rest.status == 0, "\(rest.errorOutput)")
            #expect(try #require(resumedTrials(rest)) >= known)

            try await neo.check("search", "p", "--trials", "12")
            #expect(try neo.results(at: "results.json") == neo.results(at: "p/results.json"))
        }
    }

    @Test func `every command that writes says that the disk is full, and leaves nothing half done`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("q.csv", "question,answer,document,quote\nWhat grind?,fine,coffee.md,fine grind\n")
            try neo.write("beir/queries.jsonl", "{\"_id\": \"q\", \"text\": \"What grind?\"}\n")
            try neo.write("beir/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq\td\t1\n")
            let text = String(repeating: "A moka pot wants a fine grind. ", count: 400)
            try neo.write("beir/corpus.jsonl", "{\"_id\": \"d\", \"title\": \"\", \"text\": \"\(text)\"}\n")
            try await neo.check("search", "p", "--trials", "2")
            let before = try neo.read("p/report.md")
            try await FullDisk.run(
                neo,
                """
                leave 0
                attempt report "$NEO" report p
                attempt export "$NEO" export csv p --to trials.csv
                attempt eval "$NEO" eval default p --junit results.xml
                attempt new "$NEO" new made --documents 'docs/*.md'
                attempt import "$NEO" import ../q.csv imported --documents 'docs/*.md'
                leave 8
                attempt collection "$NEO" import ../beir scifact
                find . > ../left
                cp p/report.md ../report-left.md
                leave 200
                attempt again "$NEO" new made --documents 'docs/*.md'
                attempt whole "$NEO" import ../beir scifact
                """
            )
            for name in ["report", "export", "eval", "new", "import", "collection"] {
                let attempt = try FullDisk.attempt(name, of: neo)
                #expect(attempt.status == 1, "\(name)")
                expectFullDisk(attempt, at: "/disk/", name)
            }
            let left = try neo.read("left")
            for name in ["trials.csv", "results.xml", "neo.yaml.", ".part", "corpus.jsonl"] {
                #expect(!left.contains(name), "\(name) is left behind")
            }
            #expect(try neo.read("report-left.md") == before)
            for name in ["again", "whole"] {
                let attempt = try FullDisk.attempt(name, of: neo)
                #expect(attempt.status == 0, "\(name): \(attempt.errorOutput)")
            }
        }
    }

    private func expectFullDisk(_ attempt: FullDisk.Attempt, at place: String, _ name: String) {
        let text = attempt.errorOutput
        #expect(text.contains("neo: The disk is full: "), "\(name): \(text)")
        #expect(text.contains(place), "\(name): \(text)")
        #expect(text.contains("make room and run the command again"), "\(name): \(text)")
        #expect(!text.contains("Error Domain"), "\(name): \(text)")
    }

    /// The number in `going on with a search that has 3 trials`; nil where it did not come to that.
    private func resumedTrials(_ attempt: FullDisk.Attempt) -> Int? {
        attempt.errorOutput.firstMatch(of: /that has (\d+) trials/).flatMap { Int($0.output.1) }
    }
}

/// Where the result itself cannot be written.
@Suite struct FullOutputTests {
    @Test(arguments: [["export", "csv", "p"], ["report", "p"], ["report", "p", "--json"], ["--help"]])
    func `output onto a full disk is a failure`(arguments: [String]) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "1")
            let result = try await neo.run(through: ["sh", "-c", "exec \"$0\" \"$@\" > /dev/full"], arguments)
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("The disk is full"), "\(result.errorOutput)")
        }
    }

    @Test func `a reader that has seen enough is no failure`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let command = "trap '' PIPE; (\"$0\" \"$@\"; echo $? >&2) | true"
            let result = try await neo.run(through: ["sh", "-c", command], ["--help"])
            #expect(result.errorOutput == "0\n")
        }
    }
}
