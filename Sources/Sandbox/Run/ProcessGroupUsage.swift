#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the first process of a process namespace and all below it have now. A process that is over is not counted any more.
///
/// It is asked again and again for as long as something runs, on machines with thousands of processes too: so it goes from
/// the first process to its children, asks the system itself, and makes no text of files' contents.
struct ProcessGroupUsage: Sendable, Hashable {
    /// Memory of their own, and that they share in memory folders and files, in bytes.
    private(set) var memoryBytes = 0
    private(set) var cpuSeconds = 0.0
    /// Processes and threads.
    private(set) var tasks = 0
    /// Their numbers, where they were found by who started them.
    private(set) var processes: [Int32] = []

    /// Looks at a process and all below it. The first process of a namespace takes in who lost its parent, so nobody gets
    /// out of its sight.
    init(below process: Int32) {
        let proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard proc >= 0 else { return }
        defer { close(proc) }
        var buffer = [UInt8](repeating: 0, count: 8 << 10)
        // The kernel can be built without it.
        guard faccessat(proc, "\(process)/task/\(process)/children", R_OK, 0) == 0 else {
            addNamespace(of: process, proc, &buffer)
            return
        }
        // Who is seen twice, because a parent ended meanwhile, is counted once.
        var seen: Set<Int> = [Int(process)]
        var waiting = [Int(process)]
        while let next = waiting.popLast() {
            add(String(next), proc, &buffer)
            for child in Self.children(of: next, proc, &buffer) where seen.insert(child).inserted {
                waiting.append(child)
            }
        }
    }

    /// The children that all threads of a process started.
    private static func children(of process: Int, _ proc: Int32, _ buffer: inout [UInt8]) -> [Int] {
        let tasks = openat(proc, "\(process)/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard tasks >= 0, let folder = fdopendir(tasks) else {
            close(tasks)
            return []
        }
        defer { closedir(folder) }
        var children: [Int] = []
        while let entry = readdir(folder) {
            guard let thread = number(of: entry) else { continue }
            let file = openat(tasks, thread + "/children", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { continue }
            defer { close(file) }
            // One line of numbers, which can be long.
            var half = 0
            while true {
                let count = buffer.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                for byte in buffer[..<count] {
                    if byte == 0x20 {
                        children.append(half)
                        half = 0
                    } else {
                        half = half &* 10 &+ Int(byte &- 0x30)
                    }
                }
            }
        }
        return children
    }

    /// The name of an entry, where it is a number.
    private static func number(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes -> String? in
                guard (0x30...0x39).contains(bytes[0]) else { return nil }
                return String(cString: bytes)
            }
        }
    }

    /// Looks at all processes in the namespace of one.
    private mutating func addNamespace(of process: Int32, _ proc: Int32, _ buffer: inout [UInt8]) {
        guard let namespace = Self.namespace("\(process)", proc), let folder = opendir("/proc") else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            guard let name = Self.number(of: entry), Self.namespace(name, proc) == namespace else { continue }
            add(name, proc, &buffer)
        }
    }

    /// Looks at a process and all that it started, in whatever namespaces they are.
    init(descendantsOf process: Int32) {
        guard let folder = opendir("/proc") else { return }
        defer { closedir(folder) }
        let proc = dirfd(folder)
        var buffer = [UInt8](repeating: 0, count: 8 << 10)
        var children: [Int: [Int]] = [:]
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let child = Int(name) else { continue }
            let parent = Self.read(name + "/status", proc, &buffer) { Self.number(after: "PPid:", $0) }
            children[parent ?? 0, default: []].append(child)
        }
        var waiting = [Int(process)]
        while let one = waiting.popLast() {
            add(String(one), proc, &buffer)
            processes.append(Int32(clamping: one))
            waiting += children.removeValue(forKey: one) ?? []
        }
    }

    /// The number of a process's namespace of processes; nil where it is over, or somebody else's.
    private static func namespace(_ process: String, _ proc: Int32) -> Int? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { target in
            // pid:[4026531836]
            guard let start = target.baseAddress else { return nil }
            let count = readlinkat(proc, process + "/ns/pid", start, target.count)
            guard count > 5 else { return nil }
            return number(target[5..<count].map { UInt8(bitPattern: $0) }[...])
        }
    }

    private mutating func add(_ process: String, _ proc: Int32, _ buffer: inout [UInt8]) {
        let status = Self.read(process + "/status", proc, &buffer) { bytes in
            (
                memory: Self.number(after: "RssAnon:", bytes) + Self.number(after: "RssShmem:", bytes),
                threads: Self.number(after: "Threads:", bytes)
            )
        }
        let times = Self.read(process + "/stat", proc, &buffer) { bytes in Self.times(bytes) }
        guard let status, let times else { return }
        memoryBytes += status.memory << 10
        tasks += status.threads
        cpuSeconds += Double(times) / 100
    }

    private static func read<Value>(
        _ path: String, _ proc: Int32, _ buffer: inout [UInt8], _ body: (ArraySlice<UInt8>) -> Value
    ) -> Value? {
        let file = openat(proc, path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Both files are made for this one reading, and are shorter.
        let count = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        return count > 0 ? body(buffer[..<count]) : nil
    }

    /// The first number in the line that begins so; 0 where there is none.
    private static func number(after word: StaticString, _ bytes: ArraySlice<UInt8>) -> Int {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        for line in bytes.split(separator: 0x0A) where line.starts(with: wanted) {
            return number(line.dropFirst(wanted.count).drop { !(0x30...0x39).contains($0) })
        }
        return 0
    }

    /// proc(5): user and system time are the 14th and 15th field, and behind them those of children that are over; two
    /// stand before the name's closing bracket.
    private static func times(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return 0 }
        let fields = bytes[(end + 1)...].split(separator: 0x20, maxSplits: 16)
        return fields.count > 15 ? fields[11...14].reduce(0) { $0 + number($1) } : 0
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.prefix { (0x30...0x39).contains($0) }.reduce(0) { $0 &* 10 &+ Int($1 - 0x30) }
    }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, bytes, count)
}
