internal import Base
internal import GRDB
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

/// The folder in which Trackio keeps its projects, a database each.
package struct TrackioFolder: Sendable, Hashable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// `$TRACKIO_DIR`, `$HF_HOME/trackio` or `~/.cache/huggingface/trackio`: where Trackio itself looks.
    package static func standard(_ environment: [String: String]) -> TrackioFolder {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let folder = value("TRACKIO_DIR") { return TrackioFolder(folder) }
        if let home = value("HF_HOME") { return TrackioFolder(home + "/trackio") }
        let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        return TrackioFolder(home + "/.cache/huggingface/trackio")
    }

    /// The names of databases in it that are no part of another one, without their ending.
    package func projects() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".db") && !$0.hasPrefix("registry-") }.map { String($0.dropLast(3)) }
            .sorted()
    }

    /// The database of a project. Its name keeps letters, digits, `-` and `_`, as Trackio does it.
    func database(of project: String) -> String { "\(path)/\(Self.fileName(of: project)).db" }

    static func fileName(of project: String) -> String {
        let kept = project.unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
        }
        let name = String(String.UnicodeScalarView(kept))
        return name.isEmpty ? "default" : name
    }

    /// So often the lock is tried, every 20 ms.
    private static let patience = 250

    /// Runs the body while Trackio writes nothing to the project, by the lock that Trackio itself takes.
    func withLock<Value>(of project: String, _ body: () throws -> Value) throws -> Value {
        try WholeFile.makeFolder(path)
        let name = "\(path)/\(Self.fileName(of: project)).lock"
        let file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw TrackingError(.fileSystem, "Cannot open \(name): \(String(cString: strerror(errno))).")
        }
        defer { _ = close(file) }
        // Closing gives it back. Trackio holds it for moments; who holds it for longer is not waited for.
        var waits = 0
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK where waits < Self.patience && !Task.isCancelled:
                waits += 1
                usleep(20_000)
            case EWOULDBLOCK:
                throw TrackingError(
                    .fileSystem, "Another program holds \(name); what is new is written the next time.")
            default: throw TrackingError(.fileSystem, "Cannot lock \(name): \(String(cString: strerror(errno))).")
            }
        }
        return try body()
    }
}
