internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Sends the parts of a page anew when they change, as server-sent events.
struct LiveParts: Sendable {
    let hub: LiveHub
    /// The parts of the page as they are now, by the id of their element; nil where the page is no more.
    let parts: @Sendable () async -> [(id: String, html: String)]?

    /// The stream of a page.
    func response(of project: String?) throws -> Response {
        guard let changes = hub.listen(to: project) else {
            throw RequestFailure(
                .serviceUnavailable, code: "too_many_pages",
                "\(LiveHub.most) pages are kept up to date already; close some, or load this one again by hand.",
                headers: [.retryAfter: "30"])
        }
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        if let name = HTTPField.Name("x-accel-buffering") { headers[name] = "no" }
        let parts = parts
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var sent: [String: String] = [:]
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                for await _ in changes {
                    guard let now = await parts() else { break }
                    var text = ""
                    for part in now where sent.updateValue(part.html, forKey: part.id) != part.html {
                        // JSON has no line breaks, so one line holds it.
                        let data: JSONValue = ["id": .string(part.id), "html": .string(part.html)]
                        text += "event: part\ndata: \(data.canonicalText)\n\n"
                    }
                    // A browser that left is noticed by writing to it.
                    try await writer.write(ByteBuffer(string: text.isEmpty ? ": alive\n\n" : text))
                }
                try await writer.finish(nil)
            })
    }
}
