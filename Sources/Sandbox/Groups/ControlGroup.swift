internal import Processes
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The control group of one run: the kernel keeps its limits, and counts what all of its processes took.
final class ControlGroup: Sendable {
    /// Its folder.
    let folder: String
    /// The limits that it keeps.
    let controllers: Set<ControlGroups.Controller>
    private let files: ControlGroupFiles

    /// Makes one; nil where none can be made, or its limits cannot be set.
    init?(in groups: ControlGroups, limits: SandboxLimits) {
        guard let parent = groups.folder, let process = RunningProcess.current else { return nil }
        files = groups.files
        folder = parent + "/" + Self.name(of: process.number, String(Self.next()))
        guard files.make(folder) else { return nil }
        var kept = groups.controllers
        if kept.contains(.memory) {
            // Without swap, or the limit would be one on what is not swapped out. What is over it is ended as a whole.
            _ = files.write("0", folder + "/memory.swap.max")
            _ = files.write("1", folder + "/memory.oom.group")
            if !files.write(String(limits.memoryBytes), folder + "/memory.max") { kept.remove(.memory) }
        }
        // The launcher, bubblewrap and its first process are in it, too.
        if kept.contains(.processes), !files.write(String(limits.processes + 4), folder + "/pids.max") {
            kept.remove(.processes)
        }
        controllers = kept
        guard !kept.isEmpty else {
            _ = files.remove(folder)
            return nil
        }
    }

    /// Puts a process into it, with all that it will start.
    func join(_ process: Int32) -> Bool { files.write(String(process), folder + "/cgroup.procs") }

    /// What its processes took so far.
    var usage: ControlGroupUsage { ControlGroupUsage(folder: folder) }

    /// Ends all that is still in it, and takes it away. What cannot be removed now is, when a Neo looks for groups again.
    func remove() async {
        for _ in 0..<100 {
            if files.remove(folder) { return }
            _ = files.write("1", folder + "/cgroup.kill")
            try? await Task.sleep(for: .milliseconds(10))
            if access(folder, F_OK) != 0 { return }
        }
    }

    private static let count = Mutex(0)

    private static func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    /// A name that says whose it is, also when the process's number was given to somebody else.
    static func name(of process: Int32, _ what: String) -> String {
        "neo-\(process)-\(RunningProcess(process)?.started ?? 0)-\(what)"
    }

    /// Whether a name is that of a group whose process is gone.
    static func isLeftOver(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "neo", let number = Int32(parts[1]), let started = Int(parts[2]) else {
            return false
        }
        return RunningProcess(number)?.started != started
    }
}
