internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Whether the lines of a long session's file are as they were written, without making events of them.
///
/// What was found is noted beside the file, with what the system says of it: which one it is, how long, and when it was
/// changed. As long as that is the same, it is not read again.
enum SessionCheck {
    /// The file in which is noted what was found.
    static func note(of path: String) -> String { path + ".checked" }

    /// How many lines stand before the first that is not as it was written; nil where all are, but for the end of a line
    /// that was never finished.
    static func linesBeforeDamage(_ path: String) throws -> Int? {
        guard let stamp = stamp(of: path) else { return nil }
        if let known = known(path, stamp) { return known < 0 ? nil : known }
        let found = try firstDamaged(path)
        // Where it cannot be noted, it is found again.
        try? WholeFile.write(Array("\(stamp) \(found ?? -1)\n".utf8), to: note(of: path))
        return found
    }

    private static func known(_ path: String, _ stamp: String) -> Int? {
        guard let bytes = TextFile.bytes(note(of: path), from: 0, count: 200) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix(stamp + " "), text.hasSuffix("\n") else { return nil }
        return Int(text.dropFirst(stamp.count + 1).dropLast())
    }

    private static func stamp(of path: String) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        #if canImport(Darwin)
            let (changed, written) = (facts.st_ctimespec, facts.st_mtimespec)
        #else
            let (changed, written) = (facts.st_ctim, facts.st_mtim)
        #endif
        return
            "\(facts.st_ino) \(facts.st_size) \(changed.tv_sec).\(changed.tv_nsec) \(written.tv_sec).\(written.tv_nsec)"
    }

    /// Reads the file piece by piece; what is left of a piece without an end of a line stands before the next one.
    private static func firstDamaged(_ path: String) throws -> Int? {
        guard let file = fopen(path, "re") else {
            throw AgentsError(.session, "There is no session file \(path) that can be read.")
        }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4 << 20)
        var (held, lines) = (0, 0)
        // The last line with an end may be damaged as well: only with another one behind it is it in the middle.
        var damaged: Int?
        while true {
            if held == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
            let got = buffer.withUnsafeMutableBytes { bytes in
                fread(bytes.baseAddress?.advanced(by: held), 1, bytes.count - held, file)
            }
            guard got > 0 else { return nil }
            let filled = held + got
            var start = 0
            var isInMiddle = false
            buffer.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                while !isInMiddle, let end = memchr(base.advanced(by: start), 0x0A, filled - start) {
                    let stop = UnsafeRawPointer(end) - base
                    isInMiddle = damaged != nil
                    if !isInMiddle, !EventLine.isWhole(UnsafeRawBufferPointer(rebasing: bytes[start..<stop])) {
                        damaged = lines
                    }
                    lines += 1
                    start = stop + 1
                }
            }
            if isInMiddle { return damaged }
            held = filled - start
            buffer.withUnsafeMutableBytes { bytes in
                if let base = bytes.baseAddress { _ = memmove(base, base.advanced(by: start), held) }
            }
        }
    }
}
