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

/// What the processes that share a local server tell each other, in files that only this user may read:
///
/// - `plan.json`: what to run
/// - `state.json`: where it runs, and its key; replaced as a whole
/// - `supervisor.lock`: held by the one supervisor for as long as it lives
/// - `lease`: held together by all who use the server
/// - `server.log`: what the server printed, at most 5 MiB, and as much of what it printed before in `server.log.1`
package struct LocalServerFolder: Sendable, Hashable {
    /// The folder.
    package let path: String

    /// A folder that need not exist yet.
    package init(_ path: String) {
        self.path = path
    }

    var lockPath: String { path + "/supervisor.lock" }
    var leasePath: String { path + "/lease" }
    /// Where the server's output goes.
    package var logPath: String { path + "/server.log" }
    var keyPath: String { path + "/key" }
    var planPath: String { path + "/plan.json" }
    private var statePath: String { path + "/state.json" }

    func make() throws(LocalRuntimeError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LocalRuntimeError("The folder \(path) cannot be made.", cause: error)
        }
    }

    /// What is to run; nil where nobody has said, or in a way that cannot be read.
    package var plan: LocalServerPlan? { read(planPath, as: LocalServerPlan.self) }

    /// What the last supervisor said.
    package var state: LocalServerState? { read(statePath, as: LocalServerState.self) }

    /// Whether a supervisor lives.
    package var isSupervised: Bool { FileLease.isHeld(lockPath) }

    func write(_ plan: LocalServerPlan) throws {
        try write(Array(JSONValue(encoding: plan).prettyText.utf8), to: planPath)
    }

    func write(_ state: LocalServerState) throws {
        try write(Array(JSONValue(encoding: state).canonicalText.utf8), to: statePath)
    }

    func writeKey(_ key: String) throws(LocalRuntimeError) { try write(Array(key.utf8), to: keyPath) }

    func removeState() {
        unlink(statePath)
        unlink(keyPath)
    }

    /// The end of the log, for a message.
    var lastLogLines: String {
        guard let data = FileManager.default.contents(atPath: logPath) else { return "" }
        // A log that has just become too long was begun anew.
        let older = data.count < 4000 ? FileManager.default.contents(atPath: logPath + ".1") ?? Data() : Data()
        let lines = String(decoding: (older.suffix(4000) + data).suffix(4000), as: UTF8.self).split(separator: "\n")
        return lines.filter { !$0.allSatisfy(\.isWhitespace) }.suffix(2).joined(separator: " | ")
    }

    private func read<Value: Decodable>(_ path: String, as: Value.Type) -> Value? {
        guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else { return nil }
        return try? JSONValue(parsing: data).decoded(as: Value.self)
    }

    /// As a whole or not at all, and never readable by others, not even for a moment.
    private func write(_ bytes: [UInt8], to path: String) throws(LocalRuntimeError) {
        let temporary = "\(path).\(getpid()).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        var written = -1
        if descriptor >= 0 {
            written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
        guard written == bytes.count, rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw LocalRuntimeError("\(path) cannot be written: \(reason).")
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
