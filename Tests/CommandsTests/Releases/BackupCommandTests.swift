import Base
import FoundationEssentials
import Processes
import Subprocess
import Testing

/// `neo backup` and `neo restore`: a backup is worth what comes out of it.
@Suite(.timeLimit(.minutes(3))) struct BackupCommandTests {
    @Test("What is restored is the project that was backed up, and goes on working", arguments: ["tar", "tar.zst"])
    func restored(suffix: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "2")
            try await neo.check("release", "build", "p")
            try await neo.check("release", "promote", "1", "p")
            try neo.write("p/notes/Übersicht \"1\".md", "by hand")
            try await neo.check("backup", "p", "--to", "safe/b.\(suffix)")
            let before = try await neo.check("release", "list", "p", "--json").output
            let report = try neo.read("p/report.md")
            try await neo.shell("mv p lost")
            let result = try await neo.check("restore", "safe/b.\(suffix)", "p", "--json")
            #expect(try JSONValue(parsing: result.output)["project"] == "p")
            #expect(try await neo.check("release", "list", "p", "--json").output == before)
            #expect(try neo.read("p/report.md") == report)
            #expect(try neo.read("p/notes/Übersicht \"1\".md") == "by hand")
            #expect(try await neo.run("release", "verify", "1", "p").status == 0)
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/p/.neo/cache"))
            let served = try await neo.serve { server async throws in try server.stop() }
            #expect(served.status == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: neo.folder + "/safe") == ["b.\(suffix)"])
        }
    }

    @Test func `a backup that was changed, or is none, restores nothing`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("backup", "p", "--to", "b.tar")
            try await neo.shell(
                """
                mkdir x more
                tar -xf b.tar -C x
                echo '# changed' >> x/neo.yaml
                tar -cf changed.tar -C x .
                tar -xf b.tar -C more
                ln -s /etc/passwd more/link
                tar -cf linked.tar -C more .
                head -c 3000 b.tar > short.tar
                echo no > no.tar
                """)
            for (file, sentence) in [
                ("changed.tar", "neo.yaml"), ("linked.tar", "link"), ("short.tar", "is no backup"),
                ("no.tar", "cannot be unpacked"), ("nowhere.tar", "There is no backup"),
            ] {
                let result = try await neo.run("restore", file, "again")
                #expect(result.status == 1 && result.errorOutput.contains(sentence), "\(file): \(result.errorOutput)")
                #expect(!FileManager.default.fileExists(atPath: neo.folder + "/again"))
                #expect(!FileManager.default.fileExists(atPath: neo.folder + "/again.partial"))
            }
            let over = try await neo.run("restore", "b.tar", "docs")
            #expect(over.status == 1 && over.errorOutput.contains("not empty"))
            for name in ["b.zip", "p/b.tar"] {
                #expect(try await neo.run("backup", "p", "--to", name).status == 1)
            }
        }
    }
}
