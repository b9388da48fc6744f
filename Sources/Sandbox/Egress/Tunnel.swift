internal import NIOCore

/// Two connections whose bytes go from one to the other, and the row about them. All of it on one event loop.
final class Tunnel {
    /// What the first bytes from inside must be.
    enum Greeting {
        /// TLS, for this host.
        case tls(HostName)
        /// Anything; TLS for this host only, if it is TLS.
        case any(HostName)
    }

    private var entry: EgressLog.Entry
    private let session: EgressSession
    private let clock: IdleClock
    private let ends: [any Channel]
    private var isOver = false

    /// Joins two connections that nothing reads yet. Handlers of the caller's must be gone from both.
    ///
    /// - Parameter entry: the row so far, with its rule.
    init(
        inside: any Channel, outside: any Channel, greeting: Greeting, entry: EgressLog.Entry, session: EgressSession
    ) throws {
        self.entry = entry
        self.session = session
        ends = [inside, outside]
        clock = IdleClock(loop: session.loop, seconds: session.limits.idleSeconds) {
            inside.close(promise: nil)
            outside.close(promise: nil)
        }
        let near = TunnelEnd(self, isInside: true, gate: GreetingGate(greeting))
        let far = TunnelEnd(self, isInside: false, gate: nil)
        near.partner = far
        far.partner = near
        try inside.pipeline.syncOperations.addHandler(near)
        try outside.pipeline.syncOperations.addHandler(far)
    }

    func moved(_ count: Int, fromInside: Bool) {
        clock.touch()
        if fromInside { entry.row.bytesOut += count } else { entry.row.bytesIn += count }
    }

    func greeted(serverName: String?) { entry.row.serverName = serverName }

    /// Closes both ends for a reason that the row names.
    func refuse(_ refusal: EgressRefusal) {
        entry.row.verdict = .denied(refusal)
        end()
    }

    /// Closes both ends.
    func end() {
        guard !isOver else { return }
        isOver = true
        clock.stop()
        session.log.end(entry)
        for channel in ends where channel.isActive {
            // What is on its way arrives, unless nobody takes it.
            channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
            session.loop.scheduleTask(in: .seconds(30)) { channel.close(promise: nil) }
        }
    }
}
