import Processes
import TestSupport
import Testing

@testable import Sandbox

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finding, using and removing control groups, in folders that look like them.
@Suite struct ControlGroupTests {
    /// A folder whose new folders have a control group's files.
    private static let files = ControlGroupFiles(
        make: { folder in
            let files = FileManager.default
            guard (try? files.createDirectory(atPath: folder, withIntermediateDirectories: false)) != nil else {
                return false
            }
            let names = [
                "memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cgroup.procs", "cgroup.kill",
            ]
            for name in names {
                _ = files.createFile(atPath: folder + "/" + name, contents: nil)
            }
            return true
        }, remove: { (try? FileManager.default.removeItem(atPath: $0)) != nil })

    /// A group's folder with what the kernel would say in it.
    private func group(
        _ folder: String, controllers: String = "cpu memory pids", given: String = "", members: [Int32] = [],
        isRoot: Bool = false, memory: String = "max"
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var texts = [
            "cgroup.controllers": controllers + "\n", "cgroup.subtree_control": given + "\n",
            "cgroup.procs": members.map { "\($0)\n" }.joined(), "memory.max": memory + "\n",
        ]
        if !isRoot { texts["cgroup.type"] = "domain\n" }
        for (name, text) in texts {
            try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
        }
    }

    /// What `/proc` says of a process in a group.
    private func process(
        in folder: String, group path: String, root: String = "/", mount: String? = nil
    ) throws -> String {
        let process = folder + "/proc"
        try FileManager.default.createDirectory(atPath: process, withIntermediateDirectories: true)
        let point = (mount ?? folder + "/cgroup").replacing(" ", with: "\\040")
        try "4:memory:/old\n0::\(path)\n".write(toFile: process + "/cgroup", atomically: false, encoding: .utf8)
        try """
        22 1 0:20 / /proc rw - proc proc rw
        30 1 0:26 \(root) \(point) rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate

        """.write(toFile: process + "/mountinfo", atomically: false, encoding: .utf8)
        return process
    }

    private func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }

    @Test func `a group that gives its children controllers is taken as it is`() async throws {
        try await withTemporaryDirectory { folder in
            let here = folder + "/cgroup/neo.service"
            try group(here, given: "memory pids", members: [])
            let found = ControlGroups.find(
                process: try process(in: folder, group: "/neo.service"), number: 77, files: Self.files)
            #expect(found.folder == here && found.controllers == [.memory, .processes])
        }
    }

    @Test func `a process that is alone in its group moves below it and hands the controllers down`() async throws {
        try await withTemporaryDirectory { folder in
            let here = folder + "/cgroup/a b/neo.scope"
            try group(here, members: [77])
            let found = ControlGroups.find(
                process: try process(in: folder, group: "/a b/neo.scope"), number: 77, files: Self.files)
            #expect(found.folder == here)
            // The kernel's file would not keep the order's words, as this one does.
            #expect(text(here + "/cgroup.subtree_control").hasPrefix("+memory +pids"))
            #expect(text(here + "/" + ControlGroup.name(of: 77, "self") + "/cgroup.procs") == "77")
        }
    }

    @Test func `a group with others in it is left alone, and said`() async throws {
        try await withTemporaryDirectory { folder in
            let here = folder + "/cgroup/user/shell.scope"
            try group(here, members: [76, 77])
            try group(folder + "/cgroup/user", controllers: "memory")
            try group(folder + "/cgroup")
            let found = ControlGroups.find(
                process: try process(in: folder, group: "/user/shell.scope"), number: 77, files: Self.files)
            #expect(found.folder == nil && found.sentence.contains("other processes"))
            #expect(text(here + "/cgroup.subtree_control") == "\n")
        }
    }

    @Test func `a group above is taken, but not past a limit`() async throws {
        try await withTemporaryDirectory { folder in
            try group(folder + "/cgroup/user", given: "memory pids")
            try group(folder + "/cgroup/user/a.scope", members: [76, 77])
            try group(folder + "/cgroup/user/b.scope", members: [76, 77], memory: "1000000000")
            func find(_ name: String) throws -> ControlGroups {
                ControlGroups.find(
                    process: try process(in: folder, group: "/user/\(name)"), number: 77, files: Self.files)
            }
            #expect(try find("a.scope").folder == folder + "/cgroup/user")
            #expect(try find("b.scope").folder == nil)
        }
    }

    @Test func `in a container the group's name begins at what is mounted`() async throws {
        try await withTemporaryDirectory { folder in
            try group(folder + "/cgroup", given: "memory")
            let found = ControlGroups.find(
                process: try process(in: folder, group: "/docker/abc", root: "/docker/abc"), number: 77,
                files: Self.files)
            #expect(found.folder == folder + "/cgroup" && found.controllers == [.memory])
            let outside = ControlGroups.find(process: try process(in: folder, group: "/../x"), number: 77)
            #expect(outside.folder == nil)
        }
    }

    @Test func `the root of all gives controllers beside its processes, and where it has none, that is said`()
        async throws
    {
        try await withTemporaryDirectory { folder in
            try group(folder + "/cgroup", members: [1, 77], isRoot: true)
            let found = ControlGroups.find(process: try process(in: folder, group: "/"), number: 77, files: Self.files)
            #expect(found.folder == folder + "/cgroup")
            try group(folder + "/cgroup", controllers: "hugetlb", members: [1, 77], isRoot: true)
            let none = ControlGroups.find(process: try process(in: folder, group: "/"), number: 77, files: Self.files)
            #expect(none.folder == nil && none.sentence.contains("no controller"))
        }
    }

    @Test func `a run's group has its limits, is joined, counts and goes`() async throws {
        try await withTemporaryDirectory { folder in
            try group(folder + "/cgroup", given: "memory pids")
            let groups = ControlGroups(
                folder: folder + "/cgroup", controllers: [.memory, .processes], sentence: "", files: Self.files)
            let one = try #require(
                ControlGroup(in: groups, limits: SandboxLimits(memoryBytes: 1_000_000, processes: 10)))
            #expect(text(one.folder + "/memory.max") == "1000000")
            #expect(text(one.folder + "/memory.swap.max") == "0" && text(one.folder + "/memory.oom.group") == "1")
            #expect(text(one.folder + "/pids.max") == "14")
            #expect(one.join(4711) && text(one.folder + "/cgroup.procs") == "4711")
            for (name, content) in [
                "memory.events": "low 0\noom 2\noom_kill 1\n", "pids.events": "max 3\n", "memory.peak": "999424\n",
                "cpu.stat": "usage_usec 1500000\nuser_usec 1\n",
            ] { try content.write(toFile: "\(one.folder)/\(name)", atomically: false, encoding: .utf8) }
            #expect(one.usage.memoryKills == 1 && one.usage.refusedProcesses == 3)
            #expect(one.usage.cpuSeconds == 1.5 && one.usage.peakBytes == 999_424)
            await one.remove()
            #expect(!FileManager.default.fileExists(atPath: one.folder))
        }
    }

    @Test func `groups of processes that are gone are removed, and no others`() async throws {
        try await withTemporaryDirectory { folder in
            let files = FileManager.default
            let mine = ControlGroup.name(of: try #require(RunningProcess.current).number, "1")
            let names = ["neo-1999999999-5-1", "neo-1-5-2", mine, "neo-x-1-1", "neo.service", "user.slice"]
            for name in names {
                try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: false)
            }
            ControlGroups(folder: folder, controllers: [.memory], sentence: "").removeLeftovers()
            let left = Set(try files.contentsOfDirectory(atPath: folder))
            #expect(left == [mine, "neo-x-1-1", "neo.service", "user.slice"])
        }
    }
}
