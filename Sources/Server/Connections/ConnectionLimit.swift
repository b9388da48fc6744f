internal import HummingbirdCore
internal import Logging

/// Takes no new connection while as many are open as the options allow. The others wait in the system's queue, where
/// they cost neither memory nor files, and are taken as soon as one closes.
struct ConnectionLimit: AvailableConnectionsDelegate {
    let maximum: Int
    let metrics: RequestMetrics
    let logger: Logger
    private var hasWarned = false

    init(maximum: Int, metrics: RequestMetrics, logger: Logger) {
        self.maximum = maximum
        self.metrics = metrics
        self.logger = logger
    }

    mutating func connectionOpened() {
        guard metrics.connectionOpened() >= maximum, !hasWarned else { return }
        // Once: whoever opens connections must not fill the log as well.
        hasWarned = true
        logger.warning("all \(maximum) connections are open; the next ones wait (said once; --max-connections)")
    }

    mutating func connectionClosed() {
        metrics.connectionClosed()
    }

    func isAcceptingNewConnections() -> Bool {
        metrics.snapshot.connections < maximum
    }
}
