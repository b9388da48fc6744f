internal import Agents
internal import Base
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What is written to an editor: a message a line, in the order in which they were sent, by a thread of its own.
///
/// Whoever sends does not wait. While the editor does not read, pieces of one answer are joined, work waits in `room`,
/// and in the end the editor counts as gone: memory has a bound.
final class EditorOutput: Sendable {
    private enum Item: Sendable {
        case line([UInt8])
        /// A piece of what somebody says, with its session and kind.
        case chunk(session: String, kind: String, text: String)

        var bytes: Int {
            switch self {
            case .line(let bytes): bytes.count
            case .chunk(_, _, let text): text.utf8.count + 200
            }
        }
    }

    private struct State {
        var items: [Item] = []
        var bytes = 0
        var isWriting = false
        var isGone = false
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())
    private let file: Int32
    private let enoughBytes: Int
    private let mostBytes: Int
    private let queue = DispatchQueue(label: "neo.editor.output")
    private let onGone: @Sendable () -> Void

    /// - Parameters:
    ///   - enoughBytes: with more of them unread, `room` waits.
    ///   - mostBytes: with more of them unread, the editor counts as gone.
    ///   - onGone: hears, once, that nobody reads any more.
    init(
        _ file: Int32, enoughBytes: Int = 2 << 20, mostBytes: Int = 64 << 20,
        onGone: @escaping @Sendable () -> Void = {}
    ) {
        self.file = file
        self.enoughBytes = enoughBytes
        self.mostBytes = mostBytes
        self.onGone = onGone
    }

    /// Sends a line.
    func send(_ line: [UInt8]) { add(.line(line)) }

    /// Tells what happened in a session.
    func send(_ update: JSONValue, of session: String) {
        if let kind = update["sessionUpdate"]?.string, kind.hasSuffix("_chunk"), kind != "user_message_chunk",
            let text = update["content"]?["text"]?.string
        {
            add(.chunk(session: session, kind: kind, text: text))
        } else {
            send(ACPMessage.update(update, of: session).line)
        }
    }

    /// Returns when the editor has read most of what was sent, or is gone, or the task is cancelled.
    func room() async {
        let (free, continuation) = AsyncStream<Void>.makeStream()
        let waits = state.withLock { state in
            guard !state.isGone, state.bytes > enoughBytes else { return false }
            state.waiting.append(continuation)
            return true
        }
        guard waits else { return }
        for await _ in free {}
    }

    /// Whether all that was sent is written, now or within a few seconds.
    func isDrained(within limit: Duration) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.emptied() }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    private func emptied() async -> Bool {
        while !Task.isCancelled {
            if state.withLock({ $0.isGone || $0.items.isEmpty && !$0.isWriting }) { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    private func add(_ item: Item) {
        let (starts, isTooMuch) = state.withLock { state -> (Bool, Bool) in
            guard !state.isGone else { return (false, false) }
            if case .chunk(let session, let kind, let text) = item,
                case .chunk(session, kind, var whole)? = state.items.last
            {
                // Taken out first, so that nothing is copied: there may be very many pieces.
                state.items.removeLast()
                whole += text
                state.items.append(.chunk(session: session, kind: kind, text: whole))
                state.bytes += text.utf8.count
            } else {
                state.items.append(item)
                state.bytes += item.bytes
            }
            guard state.bytes <= mostBytes else { return (false, true) }
            defer { state.isWriting = true }
            return (!state.isWriting, false)
        }
        if isTooMuch { end() }
        if starts { queue.async { self.pump() } }
    }

    /// Writes until nothing is left.
    private func pump() {
        while true {
            let items = state.withLock { state -> [Item] in
                defer { state.items = [] }
                if state.items.isEmpty { state.isWriting = false }
                return state.items
            }
            guard !items.isEmpty else { return }
            for item in items {
                let line: [UInt8] =
                    switch item {
                    case .line(let bytes): bytes
                    case .chunk(let session, let kind, let text):
                        ACPUpdates.chunk(kind, text).flatMap { ACPMessage.update($0, of: session).line }
                    }
                guard write(line) else { return end() }
                let freed = state.withLock { state -> [AsyncStream<Void>.Continuation] in
                    state.bytes = max(0, state.bytes - item.bytes)
                    guard state.bytes <= enoughBytes else { return [] }
                    defer { state.waiting = [] }
                    return state.waiting
                }
                for waiting in freed { waiting.finish() }
            }
        }
    }

    /// Nobody reads any more.
    private func end() {
        let (waiting, isNew) = state.withLock { state in
            defer { state = State(isGone: true) }
            return (state.waiting, !state.isGone)
        }
        for continuation in waiting { continuation.finish() }
        if isNew { onGone() }
    }

    private func write(_ line: [UInt8]) -> Bool {
        var rest = line[...]
        while !rest.isEmpty {
            if state.withLock({ $0.isGone }) { return false }
            var ready = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
            guard poll(&ready, 1, 200) != 0 else { continue }
            let count = rest.prefix(4096).withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
