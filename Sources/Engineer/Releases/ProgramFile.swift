internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A program for another machine, and the libraries that it asks for when it starts: its `DT_NEEDED` entries.
///
/// Source: Tool Interface Standard, Executable and Linking Format (ELF) 1.2, and its 64-bit form; only the order of bytes that all
/// machines have which Neo runs on.
struct ProgramFile {
    /// The names of the libraries, in the order of the file; none of a program that is linked with all of them. Nil where the file
    /// is no such program: a script, or one of another system.
    let libraries: [String]?

    /// Reads a file.
    init(path: String) {
        let bytes = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        libraries = bytes.flatMap { Self.libraries(of: $0) }
    }

    /// Whether it starts only where Swift's libraries are.
    var needsSwift: Bool { libraries?.contains { $0.hasPrefix("libswift") || $0.hasPrefix("libFoundation") } ?? false }

    /// The program that runs, where it is one for other machines too: it asks for nothing of Swift's.
    static var ownForOthers: String? {
        #if os(Linux)
            guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
                return nil
            }
            let own = ProgramFile(path: path)
            return own.libraries != nil && !own.needsSwift ? path : nil
        #else
            return nil
        #endif
    }

    private static let (loaded, dynamic) = (1, 2)
    private static let (neededTag, stringsTag) = (1, 5)
    /// More of them no program has; a file that says so is not what it says.
    private static let mostEntries = 10_000

    /// The libraries that the bytes of a program name.
    static func libraries(of bytes: Data) -> [String]? {
        let file = Numbers(bytes: bytes)
        guard bytes.count >= 64, Array(bytes.prefix(6)) == [0x7F, 0x45, 0x4C, 0x46, 2, 1],
            let table = file.number(at: 32, bytes: 8), let size = file.number(at: 54, bytes: 2),
            let count = file.number(at: 56, bytes: 2), size >= 56
        else { return nil }
        var segments: [(kind: Int, offset: Int, address: Int, length: Int)] = []
        for index in 0..<count {
            let (start, overflow) = table.addingReportingOverflow(index * size)
            guard !overflow, let kind = file.number(at: start, bytes: 4),
                let offset = file.number(at: start, plus: 8, bytes: 8),
                let address = file.number(at: start, plus: 16, bytes: 8),
                let length = file.number(at: start, plus: 32, bytes: 8)
            else { return nil }
            segments.append((kind, offset, address, length))
        }
        guard let section = segments.first(where: { $0.kind == dynamic }) else { return [] }
        var names: [Int] = []
        var strings: Int?
        for entry in 0..<min(section.length / 16, mostEntries) {
            guard let tag = file.number(at: section.offset, plus: entry * 16, bytes: 8), tag != 0,
                let value = file.number(at: section.offset, plus: entry * 16 + 8, bytes: 8)
            else { break }
            if tag == neededTag { names.append(value) }
            if tag == stringsTag { strings = value }
        }
        guard !names.isEmpty else { return [] }
        // The table of strings is named by its address in memory.
        guard let strings,
            let segment = segments.first(where: {
                $0.kind == loaded && strings >= $0.address && strings - $0.address < $0.length
            })
        else { return nil }
        let (start, overflow) = segment.offset.addingReportingOverflow(strings - segment.address)
        guard !overflow else { return nil }
        return names.compactMap { file.text(at: start, plus: $0) }
    }

    /// Numbers and texts of a file; nil where it ends before.
    private struct Numbers {
        let bytes: Data

        /// A number, its lowest byte first; nil of those that are no places in a file.
        func number(at place: Int, plus more: Int = 0, bytes count: Int) -> Int? {
            let (start, overflow) = place.addingReportingOverflow(more)
            guard !overflow, start >= 0, start <= bytes.count - count else { return nil }
            var value: UInt64 = 0
            for index in 0..<count { value |= UInt64(bytes[bytes.startIndex + start + index]) << (8 * UInt64(index)) }
            return Int(exactly: value)
        }

        /// The text that ends with a zero.
        func text(at place: Int, plus more: Int) -> String? {
            let (start, overflow) = place.addingReportingOverflow(more)
            guard !overflow, start >= 0, start < bytes.count else { return nil }
            let text = bytes[(bytes.startIndex + start)...].prefix(256).prefix { $0 != 0 }
            return String(decoding: text, as: UTF8.self)
        }
    }
}
