/// How far a download is.
package struct ModelProgress: Sendable, Hashable {
    /// What is going on.
    package enum Step: Sendable, Hashable {
        /// Another process fetches the same model.
        case waiting
        /// A file is being fetched from a source.
        case fetching(file: String, source: String)
        /// A source failed, for the reason given; the next one is tried.
        case failed(source: String, reason: String)
        /// All files are there and right.
        case installed
    }

    /// What is going on.
    package var step: Step
    /// The bytes of the model that are there.
    package var receivedBytes: Int
    /// The bytes of all files of the model.
    package var totalBytes: Int

    /// A state of a download.
    package init(step: Step, receivedBytes: Int, totalBytes: Int) {
        self.step = step
        self.receivedBytes = receivedBytes
        self.totalBytes = totalBytes
    }
}
