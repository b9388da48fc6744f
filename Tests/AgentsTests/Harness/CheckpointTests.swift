import Base
import Processes
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite(.timeLimit(.minutes(5))) struct CheckpointTests {
    private func checkpoints(_ bench: Workbench) throws -> GitCheckpoints {
        try GitCheckpoints(bench.sandbox, workspace: bench.folder, store: bench.folder + "/.neo/sessions/s.git")
    }

    @Test func `git's hold to what all have to hold to`() async throws {
        try await Workbench.with { bench in
            let violations = try await CheckpointConformance(try checkpoints(bench), workspace: bench.folder)
                .violations()
            #expect(violations == [])
        }
    }

    @Test func `the user's own repository is not touched, and its filters and hooks do not run`() async throws {
        try await Workbench.with { bench in
            func git(_ arguments: String...) async throws {
                _ = try await ChildProcess(executable: "git", arguments: arguments, directory: bench.folder).run()
            }
            try await git("init", "-q")
            try await git("config", "filter.evil.clean", "touch \(bench.outputs)/ran; cat")
            try await git("config", "core.fsmonitor", "touch \(bench.outputs)/ran")
            try bench.write("*.txt filter=evil text eol=crlf\n", ".gitattributes")
            try bench.write("a\nb\r\n", "a.txt")
            try bench.write("inner", "inner/file")
            _ = try await ChildProcess(
                executable: "git", arguments: ["init", "-q"], directory: bench.folder + "/inner"
            ).run()
            let config = bench.read(".git/config")
            let names = try FileManager.default.subpathsOfDirectory(atPath: bench.folder + "/.git").sorted()
            let kept = try checkpoints(bench)
            let id = try await kept.keep([])
            try bench.write("changed", "a.txt")
            try bench.write("changed", "inner/file")
            try await kept.close()
            #expect(try await kept.restore(id).restored == ["a.txt"])
            #expect(bench.read("a.txt") == "a\nb\r\n")
            // A repository within the workspace is its own.
            #expect(bench.read("inner/file") == "changed")
            #expect(bench.read(".git/config") == config)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: bench.folder + "/.git").sorted() == names)
            #expect(!FileManager.default.fileExists(atPath: bench.outputs + "/ran"))
        }
    }

    @Test func `ignored files are kept where they are named, large ones never`() async throws {
        try await Workbench.with { bench in
            try bench.write("*.env\nbuild/\n", ".gitignore")
            try bench.write("A=1", "x.env")
            try bench.write("A=1", "y.env")
            try bench.write(String(repeating: "x", count: 21 << 20), "large [1].bin")
            let kept = try checkpoints(bench)
            let id = try await kept.keep([bench.folder + "/x.env", bench.folder + "/large [1].bin", "/etc/passwd"])
            try bench.write("A=2", "x.env")
            try bench.write("A=2", "y.env")
            try bench.write("small now", "large [1].bin")
            try bench.write("made", "build/out")
            try await kept.close()
            let report = try await kept.restore(id)
            #expect(report.restored == ["x.env"])
            #expect(bench.read("x.env") == "A=1")
            #expect(bench.read("y.env") == "A=2")
            #expect(bench.read("build/out") == "made")
        }
    }

    @Test func `a folder that became a link is not followed when files are removed`() async throws {
        try await Workbench.with { bench in
            let kept = try checkpoints(bench)
            let id = try await kept.keep([])
            try bench.write("made", "folder/made.txt")
            try await kept.close()
            try FileManager.default.removeItem(atPath: bench.folder + "/folder")
            try FileManager.default.createDirectory(atPath: bench.outputs + "/o", withIntermediateDirectories: true)
            _ = FileManager.default.createFile(atPath: bench.outputs + "/o/made.txt", contents: Data("mine".utf8))
            try FileManager.default.createSymbolicLink(
                atPath: bench.folder + "/folder", withDestinationPath: bench.outputs + "/o")
            _ = try await kept.restore(id)
            #expect(FileManager.default.contents(atPath: bench.outputs + "/o/made.txt") == Data("mine".utf8))
        }
    }

    @Test func `what an agent was doing when Neo was ended is its own`() async throws {
        try await Workbench.with { bench in
            try bench.write("before", "a.txt")
            let id = try await checkpoints(bench).keep([])
            try bench.write("half", "a.txt")
            // Another process opens the same store.
            let later = try checkpoints(bench)
            let second = try await later.keep([])
            #expect(second > id)
            try await later.close()
            #expect(try await later.restore(id).restored == ["a.txt"])
            #expect(bench.read("a.txt") == "before")
        }
    }

    /// Written anew whenever git is asked for a snapshot.
    private func lastGit(_ bench: Workbench) throws -> Date? {
        let path = bench.folder + "/.neo/sessions/s.git/info/exclude"
        return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    @Test func `git is asked only where a file was changed, and what others changed is told apart all the same`()
        async throws
    {
        try await Workbench.with { bench in
            try bench.write("before", "a.txt")
            try bench.write("before", "b.txt")
            let kept = try checkpoints(bench)
            let first = try await kept.keep([])
            let asked = try lastGit(bench)
            try await kept.close()
            let second = try await kept.keep([])
            #expect(second > first)
            #expect(try lastGit(bench) == asked)
            try bench.write("agent's", "a.txt")
            try await kept.close()
            let changed = try lastGit(bench)
            #expect(changed != asked)
            let third = try await kept.keep([])
            #expect(third > second)
            #expect(try lastGit(bench) == changed)
            try await kept.close()
            // As long as before, and of the same date: the system knows it all the same.
            let date = try FileManager.default.attributesOfItem(atPath: bench.folder + "/b.txt")[.modificationDate]
            try bench.write("mine!!", "b.txt")
            try FileManager.default.setAttributes(
                [.modificationDate: try #require(date)], ofItemAtPath: bench.folder + "/b.txt")
            let fourth = try await kept.keep([])
            try bench.write("agent's", "b.txt")
            try await kept.close()
            // Another process knows the names that were given without git.
            let later = try checkpoints(bench)
            let report = try await later.restore(first)
            #expect(report.restored == ["a.txt"] && report.kept == ["b.txt"])
            #expect(try await later.restore(fourth).restored == ["b.txt"])
            #expect(bench.read("b.txt") == "mine!!")
            #expect(bench.read("a.txt") == "before")
        }
    }

    @Test func `a file that is ignored is kept when it is named, also where nothing was changed before`() async throws {
        try await Workbench.with { bench in
            try bench.write("*.env\n", ".gitignore")
            try bench.write("A=1", "x.env")
            let kept = try checkpoints(bench)
            _ = try await kept.keep([])
            try await kept.close()
            let id = try await kept.keep([bench.folder + "/x.env"])
            try bench.write("A=2", "x.env")
            try await kept.close()
            let again = try await kept.keep([bench.folder + "/x.env"])
            try bench.write("A=3", "x.env")
            try await kept.close()
            #expect(try await kept.restore(again).restored == ["x.env"])
            #expect(bench.read("x.env") == "A=2")
            #expect(try await kept.restore(id).restored == ["x.env"])
            #expect(bench.read("x.env") == "A=1")
        }
    }

    @Test func `a fork has checkpoints of its own, and neither disturbs the other`() async throws {
        try await Workbench.with { bench in
            let store = SessionStore(workspace: bench.folder)
            try store.prepare()
            let start = SessionStart(
                id: "one", model: "m", workspace: bench.folder, mode: .workspace, instructions: "",
                limits: AgentLimits())
            try SessionJournal.open(store.path(of: "one")).journal.append(
                SessionEvent(number: 0, time: 1, kind: .session(start)))
            func checkpoints(of id: String) throws -> GitCheckpoints {
                try GitCheckpoints(bench.sandbox, workspace: bench.folder, store: store.checkpoints(of: id))
            }
            try bench.write("first", "a.txt")
            let one = try checkpoints(of: "one")
            let id = try await one.keep([])
            try bench.write("second", "a.txt")
            try await one.close()
            try store.fork("one", to: nil, as: "two")
            let names = try FileManager.default.subpathsOfDirectory(atPath: store.checkpoints(of: "one")).sorted()
            let two = try checkpoints(of: "two")
            #expect(try await two.restore(id).restored == ["a.txt"])
            #expect(bench.read("a.txt") == "first")
            _ = try await two.keep([])
            try bench.write("third", "a.txt")
            try await two.close()
            #expect(try FileManager.default.subpathsOfDirectory(atPath: store.checkpoints(of: "one")).sorted() == names)
            // For the first session, what the fork's agent did is somebody else's.
            #expect(try await one.restore(id).kept == ["a.txt"])
            store.forget("one")
            try bench.write("fourth", "b.txt")
            let later = try await two.keep([])
            try bench.write("fifth", "b.txt")
            try await two.close()
            #expect(try await two.restore(later).restored == ["b.txt"])
        }
    }
}
