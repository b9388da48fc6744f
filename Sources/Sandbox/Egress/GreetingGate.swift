internal import NIOCore

/// Holds the first bytes from inside until it is clear for whom they are.
struct GreetingGate {
    enum Result {
        case wait
        /// All that was held, and the name in the greeting.
        case pass(ByteBuffer, serverName: String?)
        case refuse(EgressRefusal, serverName: String?)
    }

    private let greeting: Tunnel.Greeting
    private var held = ByteBuffer()

    init(_ greeting: Tunnel.Greeting) { self.greeting = greeting }

    var isEmpty: Bool { held.readableBytes == 0 }

    mutating func take(_ buffer: ByteBuffer) -> Result {
        held.writeImmutableBuffer(buffer)
        let host: HostName
        switch greeting {
        case .tls(let expected): host = expected
        case .any(let expected):
            // 22 begins a TLS handshake, and no text.
            guard held.readableBytesView.first == 22 else { return .pass(held, serverName: nil) }
            host = expected
        }
        switch ClientHello.read(held.readableBytesView) {
        case .incomplete: return .wait
        case .other:
            return .refuse(EgressRefusal(.notTLS, "What was sent to \(host) is no TLS greeting."), serverName: nil)
        case .greeting(let name):
            guard let name else { return .pass(held, serverName: nil) }
            guard (try? HostName(name)) == host else {
                let shown = HostName.shown(name)
                return .refuse(
                    EgressRefusal(.serverNameMismatch, "The TLS greeting is for \(shown), the connection for \(host)."),
                    serverName: shown)
            }
            return .pass(held, serverName: host.description)
        }
    }
}
