package import Base
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A server that takes mails (SMTP, RFC 5321): `smtp://HOST[:PORT]`, which goes over to TLS where the server offers it, or
/// `smtps://HOST[:PORT]`, which begins with it.
package struct MailServer: Sendable {
    private let host: String
    private let port: Int
    private let beginsWithTLS: Bool
    private let user: String?
    private let password: Secret?

    /// A server by its address.
    ///
    /// - Parameter password: is sent over TLS, or to this machine, and nowhere else.
    package init(_ address: String, user: String? = nil, password: Secret? = nil) throws(NotificationError) {
        guard
            let match = address.wholeMatch(
                of: /(smtps?):\/\/(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.\-]+))(?::([0-9]{1,5}))?/)
        else {
            throw NotificationError(.unusable, "\(address.prefix(100)) is no mail server; write smtp://HOST:PORT.")
        }
        beginsWithTLS = match.1 == "smtps"
        host = String(match.2 ?? match.3 ?? "")
        port = match.4.flatMap { Int($0) } ?? (beginsWithTLS ? 465 : 25)
        self.user = user
        self.password = password
    }

    private var isHere: Bool { ["localhost", "127.0.0.1", "::1"].contains(host) }

    /// Sends a mail.
    ///
    /// - Throws: ``NotificationError`` with what the server said; `CancellationError`.
    package func send(_ mail: MailMessage, timeLimitSeconds: Double) async throws {
        let (host, beginsWithTLS) = (host, beginsWithTLS)
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(.milliseconds(Int64(max(1, timeLimitSeconds * 1000))))
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if beginsWithTLS { try channel.pipeline.syncOperations.addHandler(Self.tls(host)) }
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            try Task.checkCancellation()
            throw NotificationError(.unreachable, "The mail server \(host):\(port) could not be reached.", cause: nil)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { try await converse(mail, over: channel) }
            tasks.addTask {
                try await Task.sleep(for: .seconds(timeLimitSeconds))
                throw NotificationError(
                    .unreachable,
                    "The mail server \(host):\(port) did not answer within \(Int(timeLimitSeconds.rounded(.up))) s.")
            }
            do {
                try await tasks.next()
            } catch {
                // What is being read would go on waiting.
                channel.channel.close(promise: nil)
                throw error
            }
        }
    }

    private static func tls(_ host: String) throws -> NIOSSLClientHandler {
        let isName =
            host.contains { $0.isLetter && !$0.isHexDigit } || (!host.contains(":") && host.contains { $0.isLetter })
        return try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: .makeClientConfiguration()), serverHostname: isName ? host : nil)
    }

    private func converse(
        _ mail: MailMessage, over channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    ) async throws {
        try await channel.executeThenClose { inbound, outbound in
            var reader = ReplyReader(iterator: inbound.makeAsyncIterator(), server: "\(host):\(port)")
            func say(_ line: String) async throws { try await outbound.write(ByteBuffer(string: line + "\r\n")) }
            try await reader.expect(220, after: "its greeting")
            try await say("EHLO neo.localhost")
            var offers = try await reader.expect(250, after: "EHLO")
            var isSecret = beginsWithTLS || isHere
            if !beginsWithTLS, !isHere, offers.contains(where: { $0.uppercased() == "STARTTLS" }) {
                try await say("STARTTLS")
                try await reader.expect(220, after: "STARTTLS")
                let host = host
                try await channel.channel.eventLoop.submit {
                    try channel.channel.pipeline.syncOperations.addHandler(Self.tls(host), position: .first)
                }.get()
                isSecret = true
                try await say("EHLO neo.localhost")
                offers = try await reader.expect(250, after: "EHLO")
            }
            if let user, let password {
                guard isSecret else {
                    throw NotificationError(
                        .unusable,
                        "The mail server \(host):\(port) offers no TLS, and the password is not sent without.")
                }
                let word = password.reveal { Data("\0\(user)\0\($0)".utf8).base64EncodedString() }
                try await say("AUTH PLAIN \(word)")
                try await reader.expect(235, after: "the password")
            }
            try await say("MAIL FROM:<\(mail.from)>")
            try await reader.expect(250, after: "the sender")
            for address in mail.to {
                try await say("RCPT TO:<\(address)>")
                try await reader.expect(250, after: "a recipient")
            }
            try await say("DATA")
            try await reader.expect(354, after: "DATA")
            try await outbound.write(ByteBuffer(string: mail.wire + ".\r\n"))
            try await reader.expect(250, after: "the mail")
            // It is sent; how the server says goodbye changes nothing.
            try? await say("QUIT")
        }
    }

    /// Reads replies line by line, of bounded length.
    private struct ReplyReader {
        var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let server: String
        private var bytes: [UInt8] = []

        init(iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, server: String) {
            self.iterator = iterator
            self.server = server
        }

        /// The words of a reply, a line each, without their numbers.
        @discardableResult
        mutating func expect(_ code: Int, after what: String) async throws -> [String] {
            var lines: [String] = []
            while true {
                let line = try await line()
                lines.append(String(line.dropFirst(4)))
                guard lines.count <= 100 else {
                    throw NotificationError(.refused, "The mail server \(server) says more than any mail server does.")
                }
                // `250-` goes on, `250 ` is the last one.
                guard line.dropFirst(3).first != "-" else { continue }
                guard line.hasPrefix("\(code)") else {
                    let said = line.prefix(200).map { $0.isNewline || ($0.asciiValue ?? 32) < 32 ? " " : $0 }
                    throw NotificationError(.refused, "The mail server \(server) refused \(what): \(String(said))")
                }
                return lines
            }
        }

        private mutating func line() async throws -> String {
            while true {
                if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: bytes[..<end], as: UTF8.self).trimmingSuffix {
                        $0.isNewline || $0 == "\r"
                    }
                    bytes.removeSubrange(...end)
                    return line
                }
                guard bytes.count < 64 << 10, let more = try await iterator.next(isolation: #isolation) else {
                    throw NotificationError(.unreachable, "The mail server \(server) closed the connection.")
                }
                bytes += more.readableBytesView
            }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, condition(last) { text.removeLast() }
        return text
    }
}
