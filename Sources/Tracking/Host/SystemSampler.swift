internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads how busy the machine and this process are.
///
/// Names and units: `cpu_percent` of all cores, `process_cpu_percent` of one core, `memory_percent` of the machine,
/// `process_memory_mb`, `disk_free_gb` where the project lies; `gpu/0/utilization_percent`, `gpu/0/memory_mb` and
/// `gpu/0/power_watts` where `nvidia-smi` answers.
struct SystemSampler: Sendable {
    private struct Ticks {
        var busy: Double
        var all: Double
        var own: Double
    }

    private let folder: String
    private var last: Ticks?
    private var asksForGPU = true

    init(folder: String) { self.folder = folder }

    /// What can be read now. Shares of time are those since the last call.
    mutating func sample() async -> [String: Double] {
        var values: [String: Double] = [:]
        if let ticks = Self.ticks() {
            if let last, ticks.all > last.all {
                values["cpu_percent"] = 100 * (ticks.busy - last.busy) / (ticks.all - last.all)
                let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
                values["process_cpu_percent"] = 100 * cores * (ticks.own - last.own) / (ticks.all - last.all)
            }
            last = ticks
        }
        let memory = HostFiles.text("/proc/meminfo")
        if let total = HostFiles.bytes("MemTotal", in: memory), let free = HostFiles.bytes("MemAvailable", in: memory) {
            values["memory_percent"] = 100 * (total - free) / total
        }
        if let resident = HostFiles.bytes("VmRSS", in: HostFiles.text("/proc/self/status")) {
            values["process_memory_mb"] = resident / 1_048_576
        }
        values["disk_free_gb"] = HostFiles.freeBytes(folder).map { $0 / 1e9 }
        if asksForGPU {
            let accelerators = await Self.accelerators()
            asksForGPU = !accelerators.isEmpty
            values.merge(accelerators) { _, new in new }
        }
        return values
    }

    /// Ticks of all cores together, and of this process with the children that it has waited for.
    private static func ticks() -> Ticks? {
        guard let first = HostFiles.text("/proc/stat")?.split(separator: "\n").first,
            let own = HostFiles.text("/proc/self/stat")
        else { return nil }
        let fields = first.split(separator: " ").dropFirst().compactMap { Double($0) }
        // The name of the program, in parentheses, may hold spaces.
        let mine = own.split(separator: ")").last?.split(separator: " ").compactMap { Double($0) } ?? []
        // The state, a letter, is dropped: utime, stime, cutime, cstime are the 11th to the 14th number.
        guard fields.count >= 5, mine.count >= 14 else { return nil }
        let all = fields.prefix(8).reduce(0, +)
        return Ticks(busy: all - fields[3] - fields[4], all: all, own: mine[10...13].reduce(0, +))
    }

    private static func accelerators() async -> [String: Double] {
        // Trying each folder of PATH in turn would be a process each.
        guard let program = executablePath(of: "nvidia-smi") else { return [:] }
        let query = ChildProcess(
            executable: program,
            arguments: [
                "--query-gpu=index,utilization.gpu,memory.used,power.draw", "--format=csv,noheader,nounits",
            ], outputLimit: 1 << 16, timeLimitSeconds: 5)
        guard let result = try? await query.run(), result.status == 0 else { return [:] }
        return parse(result.output)
    }

    /// What `nvidia-smi` prints: a line a device.
    static func parse(_ output: String) -> [String: Double] {
        var values: [String: Double] = [:]
        for line in output.split(separator: "\n") {
            let fields = line.split(separator: ",").map { $0.filter { $0 != " " } }
            guard fields.count == 4, let index = Int(fields[0]) else { continue }
            values["gpu/\(index)/utilization_percent"] = Double(fields[1])
            values["gpu/\(index)/memory_mb"] = Double(fields[2])
            values["gpu/\(index)/power_watts"] = Double(fields[3])
        }
        return values
    }
}
