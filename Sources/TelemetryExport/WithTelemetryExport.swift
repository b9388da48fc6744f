internal import Telemetry

/// When telemetry is sent.
package struct ExportTiming: Sendable {
    /// Spans are sent when there are many, and otherwise so often.
    package var batchSeconds: Double
    /// Metrics are sent so often, and at the end.
    package var metricsSeconds: Double
    /// How long the end may wait for a collector.
    package var closingSeconds: Double

    /// The usual times: those of OpenTelemetry's specification, and an end that nobody notices.
    package init(batchSeconds: Double = 5, metricsSeconds: Double = 60, closingSeconds: Double = 2) {
        self.batchSeconds = batchSeconds
        self.metricsSeconds = metricsSeconds
        self.closingSeconds = closingSeconds
    }
}

/// Tells a collector what `body` asks of models; what is left is sent at the end, also where `body` fails or is cancelled.
///
/// A collector that is slow, or not there, costs `body` nothing, and the end no more than `timing.closingSeconds`.
///
/// - Parameter onTrouble: hears once of each kind of trouble.
package func withTelemetryExport<Result>(
    _ settings: ExportSettings, timing: ExportTiming = ExportTiming(),
    onTrouble: @escaping @Sendable (String) -> Void,
    _ body: () async throws -> Result
) async throws -> Result {
    let exporter = Exporter(settings, timing: timing, onTrouble: onTrouble)
    exporter.start()
    let result: Swift.Result<Result, any Error>
    do {
        result = .success(try await Telemetry.$current.withValue(exporter.telemetry) { try await body() })
    } catch {
        result = .failure(error)
    }
    await exporter.close()
    return try result.get()
}
