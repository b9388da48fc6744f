package import Base
internal import NIOCore
internal import NIOPosix
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps a server between calls, and ends when nobody has asked for a while.
package struct KeptServer: Sendable {
    /// What one call asks for, and what it gives; an object each.
    package typealias Answer = @Sendable (_ client: MCPClient, _ request: JSONValue) async throws -> JSONValue

    private final class Use: Sendable {
        private struct State {
            var busy = 0
            var calls = 0
            var last = ContinuousClock.now
            var isOver = false
        }

        private let state = Mutex(State())

        /// - Returns: whether there is still time for it.
        func begin() -> Bool {
            state.withLock { state in
                guard !state.isOver || state.busy > 0 else { return false }
                state.busy += 1
                return true
            }
        }
        func count() { state.withLock { $0.calls += 1 } }
        func end(isCall: Bool, isOver: Bool) {
            state.withLock { state in
                state.busy -= 1
                if isCall { state.last = .now }
                if isOver { state.isOver = true }
            }
        }
        /// Whether it is time to end; from then on nothing begins any more.
        func isOver(idle: Duration) -> Bool {
            state.withLock { state in
                guard state.busy == 0 else { return false }
                if .now - state.last > idle { state.isOver = true }
                return state.isOver
            }
        }
        /// Ends when what is under way has its answer.
        func finish() { state.withLock { $0.isOver = true } }
        var figures: (calls: Int, idle: Duration) { state.withLock { ($0.calls, .now - $0.last) } }
    }

    private let setting: MCPServerSetting
    private let place: KeptServerPlace
    private let idle: Duration
    private let isCurrent: @Sendable () -> Bool

    /// - Parameter isCurrent: whether this still is what the settings name; looked at every other second.
    package init(
        _ setting: MCPServerSetting, at place: KeptServerPlace, idleSeconds: Double,
        isCurrent: @escaping @Sendable () -> Bool = { true }
    ) {
        self.setting = setting
        self.place = place
        idle = .seconds(idleSeconds)
        self.isCurrent = isCurrent
    }

    /// Serves calls until nobody has asked for a while, somebody says stop, or the task is cancelled.
    ///
    /// - Returns: whether it served; false where another process does.
    @concurrent
    package func run(memory: MCPEraMemory, _ answer: @escaping Answer) async throws -> Bool {
        guard let lock = try await takeLock() else { return false }
        let (place, idle, isCurrent, name) = (place, idle, isCurrent, setting.name)
        defer { place.clear(lock) }
        try await MCPClient.with(setting, memory: memory) { client in
            let use = Use()
            let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(unixDomainSocketPath: place.socket, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.socket)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var looked = ContinuousClock.now
                    while !use.isOver(idle: idle) {
                        try await Task.sleep(for: min(idle, .milliseconds(200)))
                        guard .now - looked > .seconds(2) else { continue }
                        looked = .now
                        if !isCurrent() { use.finish() }
                    }
                }
                group.addTask {
                    try await server.executeThenClose { connections in
                        try await withThrowingDiscardingTaskGroup { calls in
                            for try await connection in connections {
                                calls.addTask { await Self.serve(connection, client, use, place.socket, name, answer) }
                            }
                        }
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        return true
    }

    /// Waits for one that is just ending, and not for one that serves: it would be there again after it was stopped.
    private func takeLock() async throws -> KeptServerLock? {
        for _ in 0..<60 {
            if let lock = try place.takeLock() { return lock }
            if try await place.ask(["ping": true]) != nil { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    private static func serve(
        _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ client: MCPClient, _ use: Use, _ socket: String,
        _ name: String, _ answer: Answer
    ) async {
        let hasBegun = use.begin()
        var (isCall, isOver) = (false, false)
        try? await connection.executeThenClose { inbound, outbound in
            guard hasBegun, let request = try await KeptServerLine.read(inbound) else { return }
            let reply: JSONValue
            if request["stop"] == true {
                isOver = true
                // From now on nobody finds it: the next call begins anew.
                try? FileManager.default.removeItem(atPath: socket)
                reply = [:]
            } else if request["ping"] == true {
                reply = [:]
            } else if request["about"] == true {
                let (calls, idle) = use.figures
                reply = [
                    "server": .string(name), "folder": .string(client.setting.folder), "calls": .integer(calls),
                    "process": .integer(Int(ProcessInfo.processInfo.processIdentifier)),
                    "idle_seconds": .integer(Int(idle.components.seconds)),
                ]
            } else {
                isCall = true
                use.count()
                // From here on it is not asked again elsewhere, as it may have done something.
                try await outbound.write(KeptServerLine.bytes(KeptServerLine.taken))
                do { reply = try await answer(client, request) } catch {
                    // A server that is gone for good is not kept: the next call begins anew.
                    if let error = error as? MCPError, error.code == .unreachable { isOver = true }
                    reply = ["error": .string(sentence(for: error))]
                }
            }
            try await outbound.write(KeptServerLine.bytes(reply))
        }
        if hasBegun { use.end(isCall: isCall, isOver: isOver) }
    }
}

/// An object a line, between a call and who keeps its server.
enum KeptServerLine {
    /// Says that a call has begun.
    static let taken: JSONValue = ["taken": true]

    static func bytes(_ json: JSONValue) -> ByteBuffer { ByteBuffer(string: json.canonicalText + "\n") }

    /// The first line; nil where there is none.
    static func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> JSONValue? {
        var line: [UInt8] = []
        for try await buffer in inbound {
            line += buffer.readableBytesView
            guard line.count <= 4 * StdioTransport.lineBytes else { return nil }
            if let end = line.firstIndex(of: 0x0A) {
                return try? line[..<end].withUnsafeBytes { try JSONValue(parsing: $0) }
            }
        }
        return nil
    }
}
