internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The machine on which a run is made.
enum Machine {
    /// Its name.
    static var host: String { ProcessInfo.processInfo.hostName }

    /// Its parts, for ``RunOrigin/hardware``.
    static var hardware: JSONValue {
        let process = ProcessInfo.processInfo
        let model = HostFiles.text("/proc/cpuinfo")?.split(separator: "\n").first { $0.hasPrefix("model name") }
        let processor = model?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
        return [
            "processor": processor.map { .string($0) } ?? .null,
            "cores": .integer(process.activeProcessorCount),
            "memory_bytes": .integer(Int(clamping: process.physicalMemory)),
            "system": .string(process.operatingSystemVersionString),
        ]
    }
}
