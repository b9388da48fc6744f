internal import Synchronization

/// Spans that wait to be sent, in bounded memory: what does not fit is dropped, and counted.
final class SpanQueue: Sendable {
    private struct State {
        var spans: [RecordedSpan] = []
        var bytes = 0
        var dropped = 0
    }

    /// The most that waits.
    static let mostSpans = 2_048
    static let mostBytes = 16 << 20
    /// The most that is sent at a time.
    static let batchSpans = 512
    private static let batchBytes = 4 << 20

    private let state = Mutex(State())

    /// Adds a span; says whether it is time to send.
    func add(_ span: RecordedSpan) -> Bool {
        let size = span.size
        return state.withLock { state in
            guard state.spans.count < Self.mostSpans, state.bytes + size <= Self.mostBytes else {
                state.dropped += 1
                return false
            }
            state.spans.append(span)
            state.bytes += size
            return state.spans.count >= Self.batchSpans || state.bytes >= Self.batchBytes
        }
    }

    /// Takes out what is sent next; empty where nothing waits.
    func take() -> [RecordedSpan] {
        state.withLock { state in
            var count = 0
            var bytes = 0
            for span in state.spans.prefix(Self.batchSpans) {
                let size = span.size
                if count > 0, bytes + size > Self.batchBytes { break }
                count += 1
                bytes += size
            }
            let batch = Array(state.spans.prefix(count))
            state.spans.removeFirst(count)
            state.bytes -= bytes
            return batch
        }
    }

    /// Puts back in front what could not be sent now; what does not fit any more is dropped.
    func putBack(_ batch: [RecordedSpan]) {
        state.withLock { state in
            var room = Self.mostSpans - state.spans.count
            var kept: [RecordedSpan] = []
            for span in batch.reversed() {
                let size = span.size
                guard room > 0, state.bytes + size <= Self.mostBytes else { break }
                kept.append(span)
                state.bytes += size
                room -= 1
            }
            state.spans.insert(contentsOf: kept.reversed(), at: 0)
            state.dropped += batch.count - kept.count
        }
    }

    /// Gives up some that were taken out.
    func drop(_ count: Int) { state.withLock { $0.dropped += count } }

    /// How many were dropped so far.
    var dropped: Int { state.withLock { $0.dropped } }
}
