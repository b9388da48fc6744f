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
        private let state = Mutex((busy: 0, last: ContinuousClock.now, isOver: false))

        func begin() { state.withLock { $0.busy += 1 } }
        func end(isOver: Bool) {
            state.withLock { state in
                state.busy -= 1
                state.last = .now
                if isOver { state.isOver = true }
            }
        }
        func isOver(idle: Duration) -> Bool {
            state.withLock { $0.busy == 0 && ($0.isOver || .now - $0.last > idle) }
        }
    }

    private let setting: MCPServerSetting
    private let place: KeptServerPlace
    private let idle: Duration

    package init(_ setting: MCPServerSetting, at place: KeptServerPlace, idleSeconds: Double) {
        self.setting = setting
        self.place = place
        idle = .seconds(idleSeconds)
    }

    /// Serves calls until nobody has asked for a while, somebody says stop, or the task is cancelled.
    ///
    /// - Returns: whether it served; false where another process does.
    @concurrent
    package func run(memory: MCPEraMemory, _ answer: @escaping Answer) async throws -> Bool {
        guard let lock = try await takeLock() else { return false }
        defer { withExtendedLifetime(lock) {} }
        let (place, idle) = (place, idle)
        defer { try? FileManager.default.removeItem(atPath: place.socket) }
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
                    while !use.isOver(idle: idle) { try await Task.sleep(for: min(idle, .milliseconds(200))) }
                }
                group.addTask {
                    try await server.executeThenClose { connections in
                        try await withThrowingDiscardingTaskGroup { calls in
                            for try await connection in connections {
                                calls.addTask { await Self.serve(connection, client, use, place.socket, answer) }
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
        _ answer: Answer
    ) async {
        use.begin()
        var isOver = false
        try? await connection.executeThenClose { inbound, outbound in
            guard let request = try await KeptServerLine.read(inbound) else { return }
            let reply: JSONValue
            if request["stop"] == true {
                isOver = true
                // From now on nobody finds it: the next call begins anew.
                try? FileManager.default.removeItem(atPath: socket)
                reply = [:]
            } else if request["ping"] == true {
                reply = [:]
            } else {
                do { reply = try await answer(client, request) } catch {
                    // A server that is gone for good is not kept: the next call begins anew.
                    if let error = error as? MCPError, error.code == .unreachable { isOver = true }
                    reply = ["error": .string(sentence(for: error))]
                }
            }
            try await outbound.write(KeptServerLine.bytes(reply))
        }
        use.end(isOver: isOver)
    }
}

/// An object a line, between a call and who keeps its server.
enum KeptServerLine {
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

extension KeptServerPlace {
    /// What a kept server answers; nil where none is kept.
    ///
    /// - Throws: where it ends in the middle.
    @concurrent
    package func ask(_ request: JSONValue) async throws -> JSONValue? {
        let connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: socket) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch { return nil }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(KeptServerLine.bytes(request))
            return try await KeptServerLine.read(inbound)
        }
    }
}
