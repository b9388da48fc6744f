internal import NIOCore
internal import NIOHTTP1

/// One request that was let out, and its response.
final class HTTPExchange {
    /// The request as it goes to the server.
    let forwarded: HTTPRequestHead
    let rule: String
    var entry: EgressLog.Entry
    /// Whether all of the request went out.
    var requestIsDone = false
    /// Whether it went out on a connection that others had used.
    var isReused = false
    private(set) var hasAnswered = false
    /// Whether the response goes to the client in chunks.
    private(set) var isChunked = false
    /// Whether the client's connection can carry another request.
    private(set) var clientStays: Bool
    /// Whether the server's can.
    private(set) var serverStays = true
    private let isHead: Bool
    let hasBody: Bool
    private let clientMinor: Int
    private var isLogged = false

    init(_ head: HTTPRequestHead, _ forwarded: HTTPRequestHead, rule: String, entry: EgressLog.Entry) {
        self.forwarded = forwarded
        self.rule = rule
        self.entry = entry
        isHead = head.method == .HEAD
        hasBody = head.hasBody
        clientMinor = head.version.minor
        // After a request that would change the protocol, the parser reads no more.
        clientStays = head.isKeepAlive && !head.headers.contains(name: "upgrade")
    }

    var host: String { entry.row.host }

    /// A kept connection may be closed by the server at the moment in which it is used again: nobody has seen the request.
    var mayBeSentAgain: Bool { isReused && !hasAnswered && !hasBody }

    func send(_ part: HTTPServerRequestPart, to upstream: UpstreamEnd?) {
        switch part {
        case .head: break
        case .body(let bytes):
            entry.row.bytesOut += bytes.readableBytes
            upstream?.write(.body(.byteBuffer(bytes)))
        case .end:
            requestIsDone = true
            upstream?.write(.end(nil))
        }
    }

    /// The head of the response as it goes to the client; nil for one that it would not understand.
    func answer(_ head: HTTPResponseHead) -> HTTPResponseHead? {
        var sent = HTTPResponseHead(version: .http1_1, status: head.status, headers: head.headers.endToEnd)
        if (100..<200).contains(head.status.code) { return clientMinor == 0 ? nil : sent }
        hasAnswered = true
        serverStays = head.isKeepAlive
        let hasNoBody = isHead || head.status == .noContent || head.status == .notModified
        if head.headers.contains(name: "transfer-encoding") { sent.headers.remove(name: "content-length") }
        if !hasNoBody, !sent.headers.contains(name: "content-length") {
            isChunked = clientMinor > 0
            if isChunked { sent.headers.add(name: "transfer-encoding", value: "chunked") } else { clientStays = false }
        }
        if !clientStays {
            sent.headers.add(name: "connection", value: "close")
        } else if clientMinor == 0 {
            sent.headers.add(name: "connection", value: "keep-alive")
        }
        return sent
    }

    /// Writes the row.
    func end(in session: EgressSession) {
        guard !isLogged else { return }
        isLogged = true
        session.log.end(entry)
    }
}
