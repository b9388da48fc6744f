#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What all processes of one process namespace have now. A process that is over is not counted any more.
struct ProcessGroupUsage: Sendable, Hashable {
    /// Memory of their own, and that they share in memory folders and files, in bytes.
    private(set) var memoryBytes = 0
    private(set) var cpuSeconds = 0.0
    /// Processes and threads.
    private(set) var tasks = 0

    /// Looks at all processes in the namespace of one.
    init(namespaceOf process: Int32) {
        let files = FileManager.default
        guard let namespace = try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/pid"),
            let names = try? files.contentsOfDirectory(atPath: "/proc")
        else { return }
        for name in names {
            guard name.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
                (try? files.destinationOfSymbolicLink(atPath: "/proc/\(name)/ns/pid")) == namespace
            else { continue }
            add(name)
        }
    }

    private mutating func add(_ process: String) {
        guard let status = FileManager.default.contents(atPath: "/proc/\(process)/status"),
            let stat = FileManager.default.contents(atPath: "/proc/\(process)/stat")
        else { return }
        for line in String(decoding: status, as: UTF8.self).split(separator: "\n") {
            for name in ["RssAnon:", "RssShmem:"] where line.hasPrefix(name) {
                memoryBytes +=
                    (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
            }
            if line.hasPrefix("Threads:") {
                tasks += line.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) } ?? 0
            }
        }
        // proc(5): user and system time are the 14th and 15th field; two stand before the name's closing bracket.
        let text = String(decoding: stat, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 14 else { return }
        // With the times of children that are over.
        cpuSeconds += fields[11...14].reduce(0) { $0 + (Double($1) ?? 0) } / 100
    }
}
