import Synchronization
import TestSupport

@testable import TelemetryExport

/// Spans that ended, of a tracer that numbers them from 1.
final class Ended: Sendable {
    private let list = Collected<RecordedSpan>()
    private let last = Mutex(UInt64(0))

    /// The tracer.
    var tracer: RecordingTracer {
        RecordingTracer(
            number: {
                self.last.withLock { last in
                    last += 1
                    return last
                }
            }, onEnd: { self.list.add($0) })
    }

    /// The spans.
    var spans: [RecordedSpan] { list.all }
}
