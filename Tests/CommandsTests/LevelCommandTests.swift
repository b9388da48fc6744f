import Base
import Processes
import TestSupport
import Testing

@Suite struct LevelCommandTests {
    @Test func `status and report speak to the reader whose level is set`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write(
                "p/requirements.md",
                "# R\n\n## Requirements\n\n### R1\n\nThe service shall cite 1 document.\n\n- metric: cites\n- test: ≥ 1\n"
            )
            #expect(try await neo.check("status", "p").output.contains("for readers who are practitioners (--explain"))
            try await neo.check("level", "newcomer")
            #expect(
                try await neo.check("status", "p", "R1").output.contains(
                    "new to this (--explain tells it for all):\n  not measured: Nobody knows."))
            let all = try await neo.check("status", "p", "--explain").output
            #expect(all.contains("  stale: It was measured") && all.contains("For readers who are experts:"))
            let json = try JSONValue(parsing: try await neo.check("status", "p", "--explain", "--json").output)
            #expect(json["explanations"]?["met"]?["expert"]?.string?.contains("interval") == true)
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0", "--unapproved")
            #expect(try neo.read("p/report.html").contains("<details open>\n<summary>New to this</summary>"))
            let report = try neo.read("p/report.md")
            try await neo.check("level", "expert")
            try await neo.check("report", "p")
            #expect(try neo.read("p/report.html").contains("<details open>\n<summary>For experts</summary>"))
            #expect(try neo.read("p/report.md") == report, "a file that people keep does not depend on its reader")
            // Who cannot be known is read to as a practitioner; the search does not fail for it.
            try neo.write("home/reader.json", "{")
            try await neo.check("report", "p")
            #expect(try neo.read("p/report.html").contains("<details open>\n<summary>For practitioners</summary>"))
        }
    }

    @Test func `the level is shown, set, estimated again and forgotten`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            #expect(
                try await neo.check("level").output
                    == "Documents open for: practitioner (estimated; nothing was seen of you yet)\n")
            #expect(try await neo.check("level", "newcomer").output.contains("new to this (set by you; "))
            let shown = try JSONValue(parsing: try await neo.check("level", "--json").output)
            #expect(shown["level"] == "newcomer" && shown["chosen"] == "newcomer")
            #expect(shown["estimate"]?["practitioner"] == 0.5 && shown["signs"] == [:])
            #expect(shown["file"]?.string == folder + "/home/reader.json")
            #expect(try await neo.check("level", "auto", "--json").output.contains(#""chosen": null"#))
            try neo.write("home/reader.json", #"{"estimate": {"seen": {"unfoldedExpert": 3}}}"#)
            #expect(
                try await neo.check("level").output.contains(
                    "expert (estimated; new to this 0 %, practitioner 8 %, expert 92 %)"))
            #expect(try await neo.check("level", "--forget").output.contains("nothing was seen"))
            for wrong in [["level", "guru"], ["level", "expert", "--forget"]] {
                #expect(try await neo.run(through: [], wrong).status == 2)
            }
            try neo.write("home/reader.json", "{")
            let damaged = try await neo.run(through: [], ["level"])
            #expect(damaged.status == 1 && damaged.errorOutput.contains("reader.json is damaged. Remove it"))
            #expect(try await neo.check("level", "--forget").output.contains("nothing was seen"))
        }
    }
}
