internal import NIOCore

/// Says when nothing has happened for a while. All of it on one event loop.
final class IdleClock {
    private let loop: any EventLoop
    private let patience: TimeAmount
    private var last = NIODeadline.now()
    private var onIdle: (() -> Void)?
    private var task: Scheduled<Void>?

    init(loop: any EventLoop, seconds: Double, onIdle: @escaping () -> Void) {
        self.loop = loop
        patience = .nanoseconds(Int64(seconds * 1e9))
        self.onIdle = onIdle
        wait(until: last + patience)
    }

    /// Something happened.
    func touch() { last = .now() }

    /// Nobody is to be told any more.
    func stop() {
        onIdle = nil
        task?.cancel()
        task = nil
    }

    private func wait(until deadline: NIODeadline) {
        task = loop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.look() }
    }

    private func look() {
        let deadline = last + patience
        if deadline > .now() { return wait(until: deadline) }
        let told = onIdle
        stop()
        told?()
    }
}
