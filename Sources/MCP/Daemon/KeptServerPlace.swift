internal import Base
internal import Processes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a server that is kept between calls is found: a socket, the lock of the one process that keeps it, and its log, in
/// a folder that only this user may enter.
package struct KeptServerPlace: Sendable, Hashable {
    /// What a socket's path may have: `sun_path` without its end.
    private static let longestPath = 100

    package let folder: String
    private let name: String

    package var socket: String { "\(folder)/\(name).sock" }
    package var log: String { "\(folder)/\(name).log" }
    var lock: String { "\(folder)/\(name).lock" }

    /// The place of a server. Another entry, another value of a variable that it gets, or another file that it is started from is
    /// another server.
    ///
    /// - Parameter keeper: the program that keeps it: another build of that keeps it anew.
    /// - Throws: `MCPError` where the folder's path is too long for a socket.
    package init(
        _ setting: MCPServerSetting, home: String = MCPHome.folder(),
        environment: [String: String] = ProcessInfo.processInfo.environment, keeper: String = "/proc/self/exe"
    ) throws(MCPError) {
        var builder = setting.hash.hex + Self.mark(of: keeper)
        let sources: [String]
        switch setting.kind {
        case .program(let words, let variables):
            sources = Array(variables.values) + ["PATH", "NEO_SANDBOX"]
            if let program = words.first, !program.contains("/") {
                builder += executablePath(of: program, environment: environment).map(Self.mark) ?? ""
            }
            for word in words { builder += Self.mark(of: word.hasPrefix("/") ? word : "\(setting.folder)/\(word)") }
        case .remote(_, let headers): sources = headers.values.map(\.variable)
        }
        for source in Set(sources).sorted() { builder += "\0\(source)=\(environment[source] ?? "")" }
        folder = home + "/kept"
        name = ContentHash(of: builder).short
        guard socket.utf8.count <= Self.longestPath else {
            throw MCPError(
                .settings,
                "A server cannot be kept below \(home), whose path is too long for a socket: leave --keep out.")
        }
    }

    /// What tells a file from the one that was there before; nothing where there is none.
    private static func mark(of path: String) -> String {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return "\0" }
        #if canImport(Darwin)
            let changed = facts.st_mtimespec
        #else
            let changed = facts.st_mtim
        #endif
        return "\0\(facts.st_ino) \(facts.st_size) \(changed.tv_sec).\(changed.tv_nsec)"
    }

    private init(folder: String, name: String) {
        self.folder = folder
        self.name = name
    }

    /// All places where servers may be kept.
    package static func all(home: String = MCPHome.folder()) -> [KeptServerPlace] {
        let folder = home + "/kept"
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".sock") }
            .sorted().map { KeptServerPlace(folder: folder, name: String($0.dropLast(5))) }
    }

    /// Makes the folder.
    package func prepare() throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The right to keep this server, which the system gives back when the process dies; nil where another has it.
    func takeLock() throws -> KeptServerLock? {
        try prepare()
        while true {
            let file = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else {
                throw MCPError(.unreachable, "\(lock) cannot be opened: \(String(cString: strerror(errno))).")
            }
            let held = KeptServerLock(file)
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return nil }
            // Whoever had it before may have taken the file away: then it locks nothing.
            guard isThere(file) else { continue }
            // For people who look for it.
            let number = Array("\(getpid())\n".utf8)
            _ = ftruncate(file, 0)
            _ = number.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            return held
        }
    }

    private func isThere(_ file: Int32) -> Bool {
        var (open, named) = (stat(), stat())
        return fstat(file, &open) == 0 && stat(lock, &named) == 0 && open.st_ino == named.st_ino
            && open.st_dev == named.st_dev
    }

    /// Takes away what a keeper that has ended leaves; a log that says something stays.
    func clear(_ lock: KeptServerLock) {
        let files = FileManager.default
        try? files.removeItem(atPath: socket)
        if (try? files.attributesOfItem(atPath: log)[.size] as? Int) == 0 { try? files.removeItem(atPath: log) }
        try? files.removeItem(atPath: self.lock)
        withExtendedLifetime(lock) {}
    }

    /// Takes away what one leaves that was killed.
    package func clearLeftovers() {
        if let lock = try? takeLock() { clear(lock) }
    }
}

/// A lock that is held for as long as this lives.
final class KeptServerLock: Sendable {
    private let file: Int32

    init(_ file: Int32) { self.file = file }

    deinit { close(file) }
}
