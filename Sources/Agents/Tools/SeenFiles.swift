package import Sandbox
internal import Synchronization

/// What the model has seen of each file, so that it never overwrites what somebody else wrote since.
package final class SeenFiles: Sendable {
    private let stamps = Mutex<[String: FileStamp]>([:])

    package init() {}

    /// What the file was when the model last read or wrote it; nil where it has not.
    package subscript(path: String) -> FileStamp? {
        get { stamps.withLock { $0[path] } }
        set { stamps.withLock { $0[path] = newValue } }
    }
}
