import Base
import Processes
import TestSupport
import Testing

@Suite struct LevelCommandTests {
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
