internal import AsyncHTTPClient
internal import Base
internal import NIOCore
internal import NIOHTTP1

/// Streams of events: the answer to a request, and of legacy servers what they say of their own accord.
extension HTTPTransport {
    /// Connections in a row that bring nothing new, after which a stream is given up.
    private static let mostTries = 5
    /// Connections of one listener.
    private static let mostConnections = 1_000

    /// Reads events until the answer has come: who goes on sending is not listened to. Where a stream of a legacy server ends
    /// before, it goes on in another connection, if its events have ids.
    ///
    /// - Parameter version: what the handshake agreed on; nil where streams do not go on.
    func read(
        events body: HTTPClientResponse.Body, _ id: String?, _ inbox: MCPInbox, resuming version: String?
    ) async throws {
        var place = StreamPlace()
        var end = try await follow(body, id, inbox, &place)
        guard let id, let version else {
            if let end { throw end }
            return
        }
        var tries = 0
        while !inbox.isAnswered(id), let last = place.id {
            guard tries < Self.mostTries else { throw end ?? brokeOff() }
            tries += 1
            try await Task.sleep(for: place.pause)
            let response: HTTPClientResponse
            do { response = try await stream(version, after: last) } catch {
                try Task.checkCancellation()
                end = brokeOff(error)
                continue
            }
            guard response.status == .ok, Self.isEvents(response) else {
                throw MCPError(
                    .status(Int(response.status.code)),
                    "\(setting.name) broke off in the middle of its answer, and goes on with status "
                        + "\(response.status.code).")
            }
            place.bytes = 0
            end = try await follow(response.body, id, inbox, &place)
            if place.id != last { tries = 0 }
        }
        if !inbox.isAnswered(id), let end { throw end }
    }

    /// Listens to what a legacy server says of its own accord, for as long as it lets itself be listened to.
    func listen(_ version: String, _ inbox: MCPInbox) async {
        var place = StreamPlace()
        var tries = 0
        for _ in 0..<Self.mostConnections where tries < Self.mostTries {
            tries += 1
            do {
                let response = try await stream(version, after: place.id)
                // Most servers have nothing to say (405).
                guard response.status == .ok, Self.isEvents(response) else { return }
                place.bytes = 0
                _ = try await follow(response.body, nil, inbox, &place)
                if place.bytes > 0 { tries = 0 }
            } catch { if Task.isCancelled { return } }
            guard (try? await Task.sleep(for: place.pause)) != nil else { return }
        }
    }

    /// Takes in what one connection brings, until the answer has come.
    ///
    /// - Returns: why it broke off; nil where it has ended.
    private func follow(
        _ body: HTTPClientResponse.Body, _ id: String?, _ inbox: MCPInbox, _ place: inout StreamPlace
    ) async throws -> MCPError? {
        var parser = ServerSentEventParser(limit: Self.replyBytes)
        do {
            for try await buffer in body {
                place.bytes += buffer.readableBytes
                guard place.bytes <= 4 * Self.replyBytes else { throw tooLong }
                let events = try parser.append(Array(buffer.readableBytesView))
                place.note(parser)
                for event in events where event.event == "message" {
                    inbox.take(event.data.utf8)
                    if let id, inbox.isAnswered(id) { return nil }
                }
            }
            return nil
        } catch is ServerSentEventTooLong { throw tooLong } catch let error as MCPError { throw error } catch {
            try Task.checkCancellation()
            return brokeOff(error)
        }
    }

    private static func isEvents(_ response: HTTPClientResponse) -> Bool {
        response.headers.first(name: "content-type")?.lowercased().hasPrefix("text/event-stream") == true
    }
}
