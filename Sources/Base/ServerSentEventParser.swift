/// A server-sent event.
package struct ServerSentEvent: Sendable, Hashable {
    /// What kind it is; `message` where the server does not say.
    package var event = "message"
    /// Its lines of data, joined by line feeds.
    package var data: String

    /// An event.
    package init(event: String = "message", data: String) {
        self.event = event
        self.data = data
    }
}

/// A server sent an event that is longer than any should be.
package struct ServerSentEventTooLong: Error, Hashable {
    /// The most bytes that an event may have.
    package let limit: Int

    /// An event beyond a bound.
    package init(limit: Int) { self.limit = limit }
}

/// Takes server-sent events out of bytes, however these were cut into pieces.
///
/// Source: the event stream interpretation of the HTML Standard, section 9.2.6. An event without its blank line at
/// the end of the stream is none.
package struct ServerSentEventParser: Sendable {
    /// The id of the last event, behind which the stream can go on in another connection; nil where it has none.
    package private(set) var lastEventID: String?
    /// How long to wait before that, as the server wishes.
    package private(set) var retryMilliseconds: Int?
    private let limit: Int
    private var id: [UInt8]?
    /// The beginning of a line whose end has not come yet.
    private var line: [UInt8] = []
    private var event: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isFirstLine = true
    /// Whether the last byte was a carriage return, so that a line feed belongs to it.
    private var endedInCarriageReturn = false

    /// A parser at the beginning of a stream.
    ///
    /// - Parameter limit: the most bytes that one event may have; more is an error, so memory is bounded.
    package init(limit: Int) { self.limit = limit }

    /// The events that these bytes complete.
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(ServerSentEventTooLong)
        -> [ServerSentEvent]
    {
        var events: [ServerSentEvent] = []
        var start = 0
        for position in bytes.indices {
            let byte = bytes[position]
            guard byte == 0x0A || byte == 0x0D else {
                endedInCarriageReturn = false
                continue
            }
            if byte == 0x0A, endedInCarriageReturn {
                endedInCarriageReturn = false
            } else {
                endedInCarriageReturn = byte == 0x0D
                try keep(bytes[start..<position])
                if let event = endLine() { events.append(event) }
            }
            start = position + 1
        }
        try keep(bytes[start...])
        return events
    }

    private mutating func keep(_ part: Slice<UnsafeBufferPointer<UInt8>>) throws(ServerSentEventTooLong) {
        guard line.count + data.count + part.count <= limit else { throw ServerSentEventTooLong(limit: limit) }
        line.append(contentsOf: part)
    }

    /// The line is complete: a blank one completes the event.
    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        var value = line[(colon.map { $0 + 1 } ?? line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        // A line that begins with a colon is a comment: its name is empty.
        let name = line[..<(colon ?? line.endIndex)]
        if name.elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            data.append(contentsOf: value)
            hasData = true
        } else if name.elementsEqual("event".utf8) {
            event = Array(value)
        } else if name.elementsEqual("id".utf8), !value.contains(0) {
            id = Array(value)
        } else if name.elementsEqual("retry".utf8), value.allSatisfy({ (0x30...0x39).contains($0) }) {
            retryMilliseconds = Int(String(decoding: value, as: UTF8.self)) ?? retryMilliseconds
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event.removeAll(keepingCapacity: true)
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        // Also an event without data tells how far the stream has come.
        if let id { lastEventID = id.isEmpty ? nil : String(decoding: id, as: UTF8.self) }
        guard hasData else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return event.isEmpty
            ? ServerSentEvent(data: text)
            : ServerSentEvent(event: String(decoding: event, as: UTF8.self), data: text)
    }
}

extension ServerSentEventParser {
    /// The events that these bytes complete.
    package mutating func append(_ bytes: [UInt8]) throws -> [ServerSentEvent] {
        try bytes.withUnsafeBufferPointer { try append($0) }
    }
}
