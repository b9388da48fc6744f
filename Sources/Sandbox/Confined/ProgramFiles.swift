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

/// The folders that a program outside /usr needs to run: where it was installed, its interpreter, and where that was.
///
/// A program in Python must see its interpreter at its own path, or it loads the wrong libraries: a virtual environment
/// names another installation, and a shim of pyenv leads to one.
package struct ProgramFiles: Sendable, Hashable {
    /// Files and folders, without what is part of the system.
    package private(set) var paths: [String] = []

    /// Finds them.
    ///
    /// - Parameter program: its path.
    package init(of program: String) {
        var waiting = [program]
        var seen: Set<String> = []
        while let path = waiting.popLast(), seen.count < 16 {
            guard seen.insert(path).inserted, path.hasPrefix("/") else { continue }
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
                waiting.append(target.hasPrefix("/") ? target : Self.standardized("\(folder)/\(target)"))
            }
            if let real = try? MountPlan.existing(path) { waiting.append(real) }
            guard !Self.isSystem(path) else { continue }
            paths += Self.installation(of: path)
            waiting += Self.interpreters(of: path)
        }
        paths = Array(Set(paths)).sorted()
    }

    private static func isSystem(_ path: String) -> Bool {
        ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"].contains { path.hasPrefix($0) }
    }

    private static func standardized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The file itself, and what stands beside its folder where that is a `bin`: libraries, not all that a home holds.
    private static func installation(of path: String) -> [String] {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 2, let folder = parts.dropLast().last, ["bin", "shims"].contains(folder) else {
            return [path]
        }
        let root = "/" + parts.dropLast(2).joined(separator: "/")
        return [
            "bin", "lib", "lib64", "libexec", "include", "shims", "versions", "version", "plugins", "pyvenv.cfg", "jre",
        ].map { "\(root)/\($0)" }.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// Its first bytes: enough for the line that names an interpreter, however large the program is.
    private static func head(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }

    /// What the first line of a script names, and what a virtual environment was made from.
    private static func interpreters(of path: String) -> [String] {
        var found: [String] = []
        let head = Self.head(of: path)
        if head.hasPrefix("#!") {
            let words = head.dropFirst(2).prefix { !$0.isNewline }.split(separator: " ").map(String.init)
            if let first = words.first { found.append(first) }
        }
        let parts = path.split(separator: "/").dropLast(2)
        let settings = "/" + parts.joined(separator: "/") + "/pyvenv.cfg"
        if let text = FileManager.default.contents(atPath: settings).map({ String(decoding: $0, as: UTF8.self) }) {
            for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("home") {
                if let home = line.split(separator: "=").last {
                    found.append(home.filter { !$0.isWhitespace } + "/python3")
                }
            }
        }
        return found
    }
}
