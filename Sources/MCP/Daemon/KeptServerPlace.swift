internal import Base

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

    /// The place of a server. Another entry, or another value of a variable that it gets, is another server.
    ///
    /// - Throws: `MCPError` where the folder's path is too long for a socket.
    package init(
        _ setting: MCPServerSetting, home: String = MCPHome.folder(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(MCPError) {
        var builder = setting.hash.hex
        if case .program(_, let variables) = setting.kind {
            for source in Set(variables.values).union(["PATH", "NEO_SANDBOX"]).sorted() {
                builder += "\0\(source)=\(environment[source] ?? "")"
            }
        }
        folder = home + "/kept"
        name = ContentHash(of: builder).short
        guard socket.utf8.count <= Self.longestPath else {
            throw MCPError(
                .settings,
                "A server cannot be kept below \(home), whose path is too long for a socket: leave --keep out.")
        }
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
        let file = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw MCPError(.unreachable, "\(lock) cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        // For people who look for it.
        let number = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = number.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        return KeptServerLock(file)
    }
}

/// A lock that is held for as long as this lives.
final class KeptServerLock: Sendable {
    private let file: Int32

    init(_ file: Int32) { self.file = file }

    deinit { close(file) }
}
