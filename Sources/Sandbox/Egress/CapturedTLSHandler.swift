internal import NIOCore

/// A connection to port 443 of an address inside: it is joined to the host that the address stands for, if that is
/// allowed, and closed otherwise. Nothing is read from it before.
final class CapturedTLSHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let session: EgressSession

    init(session: EgressSession) { self.session = session }

    func channelActive(context: ChannelHandlerContext) {
        guard let address = NetworkAddress(context.channel.localAddress) else { return context.close(promise: nil) }
        let target = session.meant(HostAndPort(host: .address(address), port: 443))
        var entry = session.log.begin(.tunnel, host: target.host.description, port: target.port)
        let rule: String
        switch session.decision(target, .tunnel) {
        case .denied(let refusal):
            entry.row.verdict = .denied(refusal)
            session.log.end(entry)
            return context.close(promise: nil)
        case .allowed(let found): rule = found
        }
        entry.row.verdict = .allowed(rule: rule)
        let (session, inside) = (session, context.channel)
        session.connect(target, through: nil).assumeIsolated().whenComplete { result in
            do {
                let outside = try result.get()
                guard inside.isActive else {
                    session.log.end(entry)
                    return outside.close(promise: nil)
                }
                inside.pipeline.syncOperations.removeHandler(self, promise: nil)
                _ = try Tunnel(
                    inside: inside, outside: outside, greeting: .tls(target.host), entry: entry, session: session)
                for channel in [inside, outside] { channel.setOption(.autoRead, value: true).whenComplete { _ in } }
            } catch {
                entry.row.verdict = EgressConnection.Verdict(rule: rule, error)
                session.log.end(entry)
                inside.close(promise: nil)
            }
        }
    }
}

extension EgressConnection.Verdict {
    /// What became of a connection that a rule allowed and that could not be made.
    init(rule: String, _ error: any Error) {
        let refusal = error as? EgressRefusal ?? EgressRefusal(.upstreamFailed, "The connection broke off.")
        switch refusal.code {
        case .nameNotFound, .upstreamFailed: self = .failed(rule: rule, refusal)
        default: self = .denied(refusal)
        }
    }
}
