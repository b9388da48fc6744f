internal import AsyncHTTPClient
internal import Base
internal import Synchronization
internal import Telemetry
internal import Tracing

/// Sends what was recorded, in batches, beside the work: the supervisor of its one task.
final class Exporter: Sendable {
    private let settings: ExportSettings
    private let queue = SpanQueue()
    private let metrics: MetricStore
    private let trouble: TroubleLog
    private let timing: ExportTiming
    private let wakes: AsyncStream<Void>
    private let waking: AsyncStream<Void>.Continuation
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ settings: ExportSettings, timing: ExportTiming, onTrouble: @escaping @Sendable (String) -> Void) {
        self.settings = settings
        self.timing = timing
        metrics = MetricStore(start: DefaultTracerClock.now.nanosecondsSinceEpoch)
        trouble = TroubleLog(onTrouble)
        (wakes, waking) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// What records for it.
    var telemetry: Telemetry {
        let recordsSpans = settings.traces != nil
        let tracer = RecordingTracer { [queue, waking, trouble] span in
            guard recordsSpans else { return }
            let dropped = queue.dropped
            if queue.add(span) { waking.yield() }
            if queue.dropped > dropped {
                trouble.note(
                    .dropped, "telemetry: spans come faster than they can be sent; some are dropped, the work goes on.")
            }
        }
        return Telemetry(tracer: tracer, capturesContent: settings.capturesContent) { [metrics, settings] in
            if settings.metrics != nil { metrics.record($0, $1, $2) }
        }
    }

    /// Begins to send.
    func start() {
        task.withLock { task in
            task = Task { await self.run() }
        }
    }

    /// Sends what is left, for no longer than a few seconds, also where the task that waits for it was cancelled.
    func close() async {
        guard let task = task.withLock({ $0 }) else { return }
        waking.finish()
        let limit = timing.closingSeconds
        let watch = Task {
            try? await Task.sleep(for: .seconds(limit))
            task.cancel()
        }
        await task.value
        watch.cancel()
        let lost = queue.dropped
        if lost > 0 { trouble.note(.dropped, "telemetry: \(lost) spans could not be delivered.") }
    }

    private func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [waking, timing] in
                while (try? await Task.sleep(for: .seconds(timing.batchSeconds))) != nil { waking.yield() }
            }
            await deliver()
            group.cancelAll()
        }
    }

    private func deliver() async {
        let envelope = OTLPEnvelope(
            resource: settings.resource.mapValues { .string($0) }, version: settings.version)
        do {
            try await withCollector(settings.traces) { traces in
                try await withCollector(settings.metrics) { metrics in
                    var nextMetrics = ContinuousClock.now + .seconds(timing.metricsSeconds)
                    for await _ in wakes {
                        await send(to: traces, envelope)
                        guard ContinuousClock.now >= nextMetrics else { continue }
                        await sendMetrics(to: metrics, envelope)
                        nextMetrics = ContinuousClock.now + .seconds(timing.metricsSeconds)
                    }
                    await send(to: traces, envelope)
                    await sendMetrics(to: metrics, envelope)
                    // What waits still has no other chance.
                    while case let rest = queue.take(), !rest.isEmpty { queue.drop(rest.count) }
                }
            }
        } catch {
            trouble.note(.unreachable, "telemetry: nothing can be sent: \(sentence(for: error))")
        }
    }

    private func send(to collector: Collector?, _ envelope: OTLPEnvelope) async {
        guard let collector else { return }
        while case let batch = queue.take(), !batch.isEmpty {
            switch await collector.send(envelope.traces(batch)) {
            case .taken: continue
            case .refused: queue.drop(batch.count)
            case .unreachable:
                queue.putBack(batch)
                return
            }
        }
    }

    private func sendMetrics(to collector: Collector?, _ envelope: OTLPEnvelope) async {
        guard let collector else { return }
        let metrics = metrics.export(now: DefaultTracerClock.now.nanosecondsSinceEpoch)
        if !metrics.isEmpty { _ = await collector.send(envelope.metrics(metrics)) }
    }

    func withCollector(
        _ destination: ExportSettings.Destination?, _ body: (Collector?) async throws -> Void
    ) async throws {
        guard let destination else { return try await body(nil) }
        let configuration = Collector.configuration(for: destination, proxies: settings.proxies)
        try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            try await body(Collector(destination: destination, http: http, trouble: trouble))
        }
    }
}
