package import Base
internal import ServiceLifecycle
package import Tracking

/// Writes down every so often what came in, as points of a run: the history that the release's page shows. While nothing
/// comes, nothing is written.
struct TrafficLog: Service {
    /// The kind of the runs.
    static let kind = "service"

    let metrics: RequestMetrics
    let logger: RunLogger
    var pause = Duration.seconds(30)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: pause) } catch { break }
                write()
            }
        }
        // The group would take an early end for a failure.
        try? await gracefulShutdown()
    }

    /// Writes down what came in since the last time.
    func write() {
        if let figures = metrics.takeInterval().figures { logger.log(figures) }
    }
}

extension RunFacts {
    /// What a service is, as a run.
    package static func service(_ summary: [String: JSONValue]) -> RunFacts {
        RunFacts(
            kind: TrafficLog.kind, configuration: .object(summary), origin: RunLogger.origin(command: ["neo", "serve"]))
    }
}
