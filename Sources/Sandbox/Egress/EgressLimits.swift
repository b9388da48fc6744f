/// How much of Neo's own a run's network may take.
package struct EgressLimits: Sendable, Hashable {
    /// Connections from inside at the same time; more wait.
    package var connections: Int
    /// Seconds until a connection outwards must stand.
    package var connectSeconds: Double
    /// Seconds without a byte either way after which a connection is closed; models may think for minutes.
    package var idleSeconds: Double
    /// Rows that are kept.
    package var rows: Int

    package init(connections: Int = 256, connectSeconds: Double = 15, idleSeconds: Double = 600, rows: Int = 1_000) {
        self.connections = connections
        self.connectSeconds = connectSeconds
        self.idleSeconds = idleSeconds
        self.rows = rows
    }
}
