/// How much a run inside walls may take. Where one is hit, the run is ended, and the result names it.
package struct SandboxLimits: Sendable, Hashable, Codable {
    /// Seconds on the clock.
    package var wallSeconds: Double
    /// Seconds of processor time of all processes together.
    package var cpuSeconds: Double
    /// Bytes of memory of all processes together.
    package var memoryBytes: Int
    /// Processes and threads at the same time.
    package var processes: Int
    /// Bytes of one file.
    package var fileBytes: Int
    /// Bytes that are kept in memory folders: `/tmp` and `/dev/shm`, each.
    package var temporaryBytes: Int
    /// Bytes that it may print.
    package var outputBytes: Int
    /// Bytes of each stream that the result shows: half from its beginning, half from its end.
    package var shownBytes: Int

    /// Limits that suit a build or a test run.
    package init(
        wallSeconds: Double = 600, cpuSeconds: Double = 1_200, memoryBytes: Int = 4 << 30, processes: Int = 512,
        fileBytes: Int = 2 << 30, temporaryBytes: Int = 1 << 30, outputBytes: Int = 256 << 20,
        shownBytes: Int = 32 << 10
    ) {
        self.wallSeconds = wallSeconds
        self.cpuSeconds = cpuSeconds
        self.memoryBytes = memoryBytes
        self.processes = processes
        self.fileBytes = fileBytes
        self.temporaryBytes = temporaryBytes
        self.outputBytes = outputBytes
        self.shownBytes = shownBytes
    }
}

/// A limit that a run came to.
package enum SandboxLimit: String, Sendable, Hashable, Codable, CaseIterable {
    case wallSeconds = "wall_seconds"
    case cpuSeconds = "cpu_seconds"
    case memoryBytes = "memory_bytes"
    case fileBytes = "file_bytes"
    case outputBytes = "output_bytes"
    case processes
}
