import Base
import FoundationEssentials
import Processes
import Storage
import Testing

/// The dashboard in a real browser: Debian's chromium, driven by playwright, which scripts/browser-environment installs.
@Suite(
    .enabled(if: Browser.python != nil, "scripts/browser-environment and chromium drive these"), .timeLimit(.minutes(5))
)
struct BrowserTests {
    /// A session that calls a tool, with markup in what it says.
    private static let replies = #"""
        def reply(messages):
            if not any(m["role"] == "tool" for m in messages):
                steps = [{"step": "Look. <script>window.owned=1</script>", "state": "done"}, {"step": "Say", "state": "doing"}]
                return "Looking. <img src=x onerror=window.owned=1>", [
                    tool("steps", "plan", steps=steps), tool("look", "shell", command="echo '<b>tea</b>'")]
            return "Done. <script>window.owned=1</script>", []
        """#

    private static let pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgDt8AAAGDARM1ep+zAAAAAElFTkSuQmCC"

    /// Two runs of another program: the second has values that are no number, and an alert that waits.
    private static func log(_ hostile: String, in neo: NeoProcess) throws {
        var lines: [JSONValue] = []
        for (number, id) in ["first", "second/../\(hostile)"].enumerated() {
            let began = 1_790_000_000.0 + 100 * Double(number)
            lines.append([
                "kind": "run", "run_id": .string(id), "run": .string("\(number) \(hostile)"), "run_kind": "training",
                "config": ["lr": .number(0.1 * Double(number + 1)), hostile: .string(hostile)],
                "tags": [.string(hostile)],
                "timestamp": .number(began),
            ])
            for step in 0..<60 {
                let loss: JSONValue = step == 30 ? "NaN" : .number(1 / Double(step + number + 1))
                lines.append([
                    "kind": "metric", "run_id": .string(id), "step": .integer(step),
                    "timestamp": .number(began + Double(step)),
                    "metrics": ["loss": loss, hostile: .number(1e300)],
                ])
            }
            lines.append([
                "kind": "system_metric", "run_id": .string(id), "metrics": ["cpu_percent": 50],
                "timestamp": .number(began),
            ])
            lines.append(["kind": "text", "run_id": .string(id), "key": "log", "content": .string(hostile)])
            lines.append([
                "kind": "table", "run_id": .string(id), "key": .string(hostile), "columns": [.string(hostile)],
                "rows": [[.string(hostile)]],
            ])
        }
        // A service that answers, for two days.
        lines.append([
            "kind": "run", "run_id": "service", "run": .string(hostile), "run_kind": "service",
            "timestamp": 1_790_000_000,
        ])
        for step in 0..<40 {
            lines.append([
                "kind": "metric", "run_id": "service", "step": .integer(step),
                "timestamp": .number(1_790_000_000 + 3600 * Double(step)),
                "metrics": [
                    "requests": .number(Double(20 + step)), "errors": 0, "refused": 1,
                    "answers": .number(Double(15 + step)),
                    "abstentions": 4, "p50_ms": .number(12 + Double(step % 7)),
                    "p95_ms": .number(40 + Double(step % 11)),
                    "p99_ms": .number(80 + Double(step % 5)),
                ],
            ])
        }
        lines.append([
            "kind": "alert", "run_id": .string("second/../\(hostile)"), "level": "error", "timestamp": 1_790_000_200,
            "title": .string("Diverged. \(hostile)"),
        ])
        try neo.write("p/.neo/inbox/trainer/1.jsonl", lines.map { $0.canonicalText + "\n" }.joined())
    }

    /// A month of a service: a release that is live, one that the gate could not judge, an alert, drift, and what people said.
    private static func serve(_ hostile: String, in neo: NeoProcess) async throws {
        let now = Date().timeIntervalSince1970
        let state = neo.folder + "/p/.neo/"
        let releases = try NeoDatabase(path: state + "neo.db")
        for number in 1...2 {
            try await releases.keepRelease(
                ReleaseRecord(number: number, hash: ContentHash(of: "\(number)"), created: "2026-11-01T00:00:00Z"))
        }
        var step = PromotionRecord(
            action: .promote, release: 1, incumbent: nil, stage: .full, verdict: nil, isAccepted: true,
            decision: hostile,
            who: hostile, at: "2026-11-01T00:00:00Z", report: ["why": .string(hostile)])
        _ = try await releases.keepPromotion(step, changing: (LiveReleases(), LiveReleases(live: 1)))
        (step.release, step.incumbent, step.isAccepted, step.verdict) = (2, 1, false, "undetermined")
        _ = try await releases.keepPromotion(step)
        let service = try ServiceDatabase(path: state + "service.db")
        var request = ServiceRequest(
            id: "a", time: now - 60, service: "s", route: "/v1/answer", outcome: .answered, status: 200, milliseconds: 5
        )
        request.release = 1
        try await service.add([request])
        var alert = ServiceAlert(
            rule: "errors", severity: .page, state: .firing, began: now - 100, title: "Requests fail. \(hostile)",
            evidence: [hostile: [.string(hostile)]], command: "neo query \(hostile)")
        alert.fired = now - 50
        try await service.keep([
            (alert, [AlertDelivery(alert: nil, channel: hostile, event: .firing, message: [:], due: now)])
        ])
        try await service.add([
            DriftRecord(
                time: now, reference: "golden", feature: "words", measure: "auc", value: 0.9, threshold: 0.6,
                hasDrifted: true, referenceCount: 40, currentCount: 50, detail: hostile)
        ])
        try await service.add([
            ProbeRecord(time: now, question: hostile, hasPassed: false, milliseconds: 5, detail: hostile)
        ])
        for (number, kind) in FeedbackRow.Kind.allCases.enumerated() {
            try await service.keep(
                FeedbackRow(
                    time: now, kind: kind, answer: "a", release: 1, rater: "r\(number)", source: "s",
                    rating: kind == .thumb ? -1 : nil, reason: kind == .thumb ? "wrong" : nil, comment: hostile,
                    correction: kind == .correction ? hostile : nil, document: kind == .citation ? hostile : nil,
                    question: hostile, text: hostile, way: "page"))
        }
    }

    @Test func `every page can be read, used and followed live, with and without JavaScript`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let hostile = "<script>window.owned=1</script> \"'><img src=x onerror=window.owned=1>"
            let row: JSONValue = [
                "id": .string(hostile), "question": .string("Lime? \(hostile)"), "type": .string(hostile),
                "answers": [.string(hostile)], "evidence": [["document": "water.md", "quote": "takes out the lime"]],
            ]
            try neo.write("p/golden.jsonl", neo.read("p/golden.jsonl") + row.canonicalText + "\n")
            try await neo.check("search", "p", "--trials", "4", "--quiet")
            _ = try await ScriptedChatServer.serving(neo, replies: Self.replies) {
                try await neo.check("agent", "Look at \(hostile)", "--folder", "p", "--quiet")
                // Stops at its limit, and waits for a person.
                _ = try await neo.run("agent", "Look again at \(hostile)", "--folder", "p", "--turns", "1", "--quiet")
            }
            try neo.write(
                "p/requirements.md",
                "# Requirements\n\nPrices are answered. \(hostile)\n\n- [ ] R1\n\n```\n\(hostile)\n```\n")
            try Self.log(hostile, in: neo)
            try await Self.serve(hostile, in: neo)
            // A picture of one pixel, and one that could be a page with a script.
            try Data(base64Encoded: Self.pixel)?.write(to: URL(filePath: neo.folder + "/pixel.png"))
            try neo.write("plot.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>window.owned=1</script></svg>")
            for file in ["pixel.png", "plot.svg"] {
                try await neo.check("log", "--run", "first", "--file", file, "--project", "p", "--quiet")
            }
            try await neo.installDuckDB()
            // Later, so that it waits behind the other one.
            try neo.write("p/design.md", "# Design\n\nBM25 over passages.\n")
            try await neo.shell("touch -d '2026-01-01' p/requirements.md; touch -d '2026-01-02' p/design.md")
            let result = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                try await Browser.walk(server, project: neo.folder + "/p")
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
            #expect(try await neo.check("comments", "list", "p", "--all").output.contains("Which prices?"))
        }
    }

    @Test(.enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what reads runs"))
    func `the demo's search is watched live, and neo query, DuckDB and Trackio read it afterwards`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.installDuckDB()
            try await Browser.run(
                "watch_search.py",
                { [try NeoProcess.executable(), try #require(TrackingTools.folder), $0, "quick"] },
                home: neo.folder + "/home")
        }
    }
}

/// The browser of `.venv/browser`.
enum Browser {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter that drives it; nil where it, or the browser, was not installed.
    static let python: String? = {
        let folder = tests.deletingLastPathComponent().appending(path: ".venv/browser").path
        let needed = [folder + "/requirements.txt", "/usr/bin/chromium"]
        let isThere = needed.allSatisfy { FileManager.default.fileExists(atPath: $0) }
        // DuckDB, which answers queries, is installed where scripts/tracking-environment has been.
        return isThere && TrackingTools.folder != nil ? folder + "/bin/python" : nil
    }()

    /// Runs `Tests/Browser/walk.py`, which checks all by itself; its pictures stay in `.build/screenshots`.
    static func walk(_ server: RunningServer, project: String) async throws {
        try await run("walk.py", { ["http://127.0.0.1:\(server.port)", project, $0] })
    }

    /// Runs a script of `Tests/Browser`, which checks all by itself and says "ok" at its end.
    ///
    /// - Parameters:
    ///   - arguments: of the script, made with the folder for its pictures.
    ///   - home: Neo's own folder; that of the user, where nil.
    static func run(_ script: String, _ arguments: (String) throws -> [String], home: String? = nil) async throws {
        var environment = ProcessInfo.processInfo.environment
        environment["NO_PROXY"] = "127.0.0.1"
        environment["no_proxy"] = "127.0.0.1"
        if let home { environment["NEO_HOME"] = home }
        // What other projects on this machine have found out is no part of a test.
        environment["NEO_KNOWLEDGE"] = "none"
        let pictures = tests.deletingLastPathComponent().appending(path: ".build/screenshots").path
        let result = try await ChildProcess(
            executable: try #require(python),
            arguments: [tests.appending(path: "Browser/\(script)").path] + (try arguments(pictures)),
            directory: tests.path, environment: environment
        ).run()
        #expect(result.status == 0 && result.output.hasSuffix("ok\n"), "\(result.output)\(result.errorOutput)")
    }
}
