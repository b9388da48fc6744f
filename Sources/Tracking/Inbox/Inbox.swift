/// The folder `.neo/inbox`, into which any program may put lines.
package struct Inbox {
    private let path: String

    /// - Parameter state: the project's `.neo`.
    package init(state: String) { path = state + "/inbox" }

    /// Appends records and waits until they are on the disk: for programs that log a line and end. They share one folder.
    ///
    /// - Throws: ``TrackingError`` where it cannot be written.
    package func append(_ records: [LogRecord]) throws {
        let writer = try InboxWriter(inbox: path, name: InboxName.shared + "lines")
        try writer.append(records.map { $0.line + "\n" }.joined())
        writer.synchronize()
    }
}
