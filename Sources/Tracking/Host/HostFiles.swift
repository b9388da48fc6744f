#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What the system tells in files, and of them.
enum HostFiles {
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The path without links: inside walls, files stand where they really are.
    static func real(_ path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    }

    /// A text of `/proc`; nil elsewhere.
    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// How many bytes can still be written where a folder lies.
    static func freeBytes(_ folder: String) -> Double? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return Double(facts.f_bavail) * Double(facts.f_frsize)
    }

    /// The value in bytes of a line such as `MemTotal:  24576 kB`.
    static func bytes(_ name: String, in text: String?) -> Double? {
        guard let line = text?.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }) else { return nil }
        return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 * 1024 }
    }
}
