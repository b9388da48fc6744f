internal import NIOCore
internal import NIOHTTP1

extension HTTPProxyHandler {
    /// What stands before HTTP's handler on a connection from inside.
    static func addHTTP(to channel: any Channel, _ handler: HTTPProxyHandler) throws {
        let pipeline = channel.pipeline.syncOperations
        var plain = HTTPResponseEncoder.Configuration()
        plain.automaticallySetFramingHeaders = false
        var heads = NIOHTTPDecoderLimitConfiguration()
        heads.maxHeaderFieldSize = 64 << 10
        heads.maxHeaderListSize = 128 << 10
        try pipeline.addHandler(HTTPResponseEncoder(configuration: plain), name: encoderName)
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: heads)),
            name: decoderName)
        try pipeline.addHandler(handler)
    }

    private static let encoderName = "egress.encoder"
    private static let decoderName = "egress.decoder"

    /// A tunnel was asked for. Behind the request nothing is HTTP any more, so a refusal ends the connection.
    func connect(_ head: HTTPRequestHead) {
        guard case .proxy = role else {
            return refuse(EgressRefusal(.badRequest, "CONNECT is for the proxy."), unread: true)
        }
        let asked: HostAndPort
        do throws(SandboxError) { asked = try HostAndPort(head.uri, standard: nil) } catch {
            let refusal = EgressRefusal(.badRequest, error.message)
            var entry = session.log.begin(.tunnel, host: HostName.shown(head.uri), port: 0)
            entry.row.verdict = .denied(refusal)
            session.log.end(entry)
            return refuse(refusal, unread: true)
        }
        let target = session.meant(asked)
        // Plain HTTP can be seen, so it is judged by the request.
        if target.port == 80, session.hasAddress(target.host) {
            phase = .connecting
            return session.loop.assumeIsolated().execute { self.speakHTTP(with: target) }
        }
        var entry = session.log.begin(.tunnel, host: target.host.description, port: target.port)
        switch session.decision(target, .tunnel) {
        case .denied(let refusal):
            entry.row.verdict = .denied(refusal)
            session.log.end(entry)
            refuse(refusal, unread: true)
        case .allowed(let rule):
            entry.row.verdict = .allowed(rule: rule)
            phase = .connecting
            let begun = entry
            session.connect(target, through: nil).assumeIsolated().whenComplete { result in
                self.connected(result, target, rule: rule, begun)
            }
        }
    }

    private func connected(
        _ result: Result<any Channel, any Error>, _ target: HostAndPort, rule: String, _ begun: EgressLog.Entry
    ) {
        var entry = begun
        do {
            let outside = try result.get()
            guard case .connecting = phase, let inside = context?.channel, inside.isActive else {
                session.log.end(entry)
                return outside.close(promise: nil)
            }
            leave(inside) {
                _ = try Tunnel(
                    inside: inside, outside: outside,
                    greeting: target.port == 443 ? .tls(target.host) : .any(target.host), entry: entry,
                    session: self.session)
                outside.setOption(.autoRead, value: true).whenComplete { _ in }
            }
        } catch {
            entry.row.verdict = .init(rule: rule, error)
            session.log.end(entry)
            let refusal = error as? EgressRefusal ?? EgressRefusal(.upstreamFailed, "\(target) broke off.")
            refuse(refusal, unread: true)
        }
    }

    private func speakHTTP(with target: HostAndPort) {
        guard case .connecting = phase, let inside = context?.channel, inside.isActive else { return }
        leave(inside) {
            try Self.addHTTP(to: inside, HTTPProxyHandler(session: self.session, role: .captured(target)))
        }
    }

    /// Says that the connection stands, and leaves it to others, with what has come already.
    private func leave(_ channel: any Channel, _ next: () throws -> Void) {
        do {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.context(name: Self.decoderName)
            let encoder = try pipeline.context(name: Self.encoderName)
            pipeline.removeHandler(context: encoder, promise: nil)
            channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
            pipeline.removeHandler(self, promise: nil)
            // The name is the next one's, too.
            try next()
            pipeline.removeHandler(context: decoder, promise: nil)
            channel.read()
        } catch {
            channel.close(promise: nil)
        }
    }
}
