internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What an editor writes, as it comes, read by a thread of its own only when somebody wants more.
final class EditorInput: Sendable {
    private let file: Int32
    private let queue = DispatchQueue(label: "neo.editor.input")
    private let isStopped = Mutex(false)

    init(_ file: Int32) { self.file = file }

    /// The input counts as ended from now on.
    func stop() { isStopped.withLock { $0 = true } }

    /// What comes next; nil at the end, and where the task is cancelled.
    func read() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: self.next()) }
            }
        } onCancel: {
            stop()
        }
    }

    private func next() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while !isStopped.withLock({ $0 }) {
            var ready = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 200) > 0 else { continue }
            let count = systemRead(file, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return count > 0 ? Array(buffer.prefix(count)) : nil
        }
        return nil
    }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, bytes, count)
}
