/// What the kernel counted in a control group.
struct ControlGroupUsage: Sendable, Hashable {
    /// Seconds of processor time of all processes, also of those that are over.
    let cpuSeconds: Double?
    /// The most memory that all processes had at the same time, in bytes, with files in memory.
    let peakBytes: Int?
    /// How often a process was ended because there was no memory left.
    let memoryKills: Int
    /// How often a process could not be started because there were too many.
    let refusedProcesses: Int

    /// Reads a group's files; what the kernel does not have is nil or 0.
    init(folder: String) {
        cpuSeconds = ControlGroupFiles.number("usage_usec", in: folder + "/cpu.stat").map { Double($0) / 1e6 }
        peakBytes = ControlGroupFiles.lines(of: folder + "/memory.peak").first.flatMap { Int($0) }
        memoryKills = ControlGroupFiles.number("oom_kill", in: folder + "/memory.events") ?? 0
        refusedProcesses = ControlGroupFiles.number("max", in: folder + "/pids.events") ?? 0
    }
}
