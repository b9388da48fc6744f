internal import Base
internal import CSandbox
internal import Synchronization

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

/// Neo's end of the socket to one `neo-cell`: the request goes out, reports and listeners come in.
///
/// All calls but `receive` wait at most for what they are told, and are made on a thread that may wait.
final class CellConnection: Sendable {
    private struct State {
        var connection: Int32 = -1
        var bytes: [UInt8] = []
        var report = CellReport()
        var listeners: [Int32] = []
    }

    /// The socket's path, which is the cell's one argument.
    let path: String
    private let folder: String
    private let listener: Int32
    private let state = Mutex(State())

    /// Listens in a folder of its own that only this user may enter.
    init() throws {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/neo-cell-XXXXXX".utf8CString)
        // mkdtemp makes it with mode 0700.
        guard mkdtemp(&template) != nil else {
            throw SandboxError(
                .notStarted, "No folder could be made for the sandbox: \(String(cString: strerror(errno))).")
        }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/s"
        listener = neo_sandbox_listen(path)
        guard listener >= 0 else {
            let problem = String(cString: strerror(errno))
            rmdir(folder)
            throw SandboxError(.notStarted, "The sandbox's socket could not be opened in \(folder): \(problem).")
        }
    }

    /// Waits for the cell, makes sure that it is the process that was started, and tells it what to do. Returns when what
    /// it was asked for is running, or has said why not.
    ///
    /// - Parameters:
    ///   - process: the number of the process that was started.
    ///   - request: what to do, made when the cell is there and has done nothing yet.
    func open(for process: Int32, request: () throws -> CellRequest, isRunning: () -> Bool) throws {
        var peer: (process: Int32, user: UInt32) = (0, 0)
        var connection: Int32 = -1
        while connection < 0 {
            connection = neo_sandbox_accept(listener, 50, &peer.process, &peer.user)
            guard connection >= 0 || isRunning() else {
                throw SandboxError(.notStarted, "neo-cell ended before it began: is it the one that came with neo?")
            }
        }
        state.withLock { $0.connection = connection }
        guard peer.process == process, peer.user == geteuid() else {
            throw SandboxError(.notStarted, "Another process (\(peer.process)) spoke on the sandbox's socket.")
        }
        let message = try request().encoded
        guard neo_sandbox_send(connection, message, message.count) == 0 else {
            throw SandboxError(.notStarted, "neo-cell ended while it was told what to run.")
        }
        while !report.hasStarted, receive(waitingMilliseconds: 50) || isRunning() {}
        receive(waitingMilliseconds: 0)
        if let problem = report.problem {
            throw SandboxError(.notStarted, "The sandbox could not be built: \(problem)")
        }
        guard report.hasStarted else {
            throw SandboxError(.notStarted, "The sandbox could not be built: bubblewrap ended before it ran anything.")
        }
    }

    /// Takes in what has come.
    ///
    /// - Returns: whether anything had.
    @discardableResult
    func receive(waitingMilliseconds: Int32) -> Bool {
        state.withLock { state in
            guard state.connection >= 0 else { return false }
            var buffer = [UInt8](repeating: 0, count: 4096)
            var descriptors = [Int32](repeating: -1, count: 8)
            var came = false
            while true {
                var most = descriptors.count
                let got = neo_sandbox_receive(
                    state.connection, &buffer, buffer.count, came ? 0 : waitingMilliseconds, &descriptors, &most)
                state.listeners += descriptors.prefix(most)
                guard got > 0 else { break }
                came = true
                state.bytes += buffer.prefix(got)
                if state.bytes.count > 1 << 20 { break }
            }
            while let end = state.bytes.firstIndex(of: UInt8(ascii: "\n")) {
                state.report.take(String(decoding: state.bytes[..<end], as: UTF8.self))
                state.bytes.removeFirst(end + 1)
            }
            return came
        }
    }

    /// What was reported so far.
    var report: CellReport { state.withLock { $0.report } }

    /// The listeners of the sandbox's network, which the caller closes.
    func takeListeners() -> [Int32] {
        state.withLock { state in
            defer { state.listeners = [] }
            return state.listeners
        }
    }

    /// Closes all of it and removes the folder.
    func close() {
        state.withLock { state in
            for descriptor in state.listeners + [state.connection, listener] where descriptor >= 0 {
                _ = closeDescriptor(descriptor)
            }
            state.listeners = []
            state.connection = -1
        }
        unlink(path)
        rmdir(folder)
    }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
