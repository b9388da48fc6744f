/// Which runs are wanted.
package struct RunQuery: Sendable, Hashable {
    package var project: String?
    package var kind: String?
    package var group: String?
    package var status: Run.Status?
    package var tag: String?
    /// The parts of this run.
    package var parent: RunID?
    /// Runs that are no part of another one.
    package var isTopLevel = false
    /// Runs whose name contains this.
    package var text: String?
    /// Runs that began before, in seconds since 1970.
    package var before: Double?
    package var limit = 100
    package var offset = 0

    package init(status: Run.Status? = nil) { self.status = status }
}
