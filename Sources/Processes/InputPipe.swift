internal import Synchronization

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What a child reads from standard input while it runs: this process writes, message by message.
///
/// A pair of sockets and not a pipe: a child that ends would break a pipe, and the signal of that would end this process.
/// Writing never waits: what the child has not taken yet is kept, up to a bound, and goes out while `pump` runs.
package final class InputPipe: Sendable {
    private struct State {
        var own: Int32
        var child: Int32
        var rest: [UInt8] = []
    }

    /// The child does not read, or does not run any more.
    package struct Blocked: Error, Hashable {
        /// Whether it has only taken too little so far.
        package let isFull: Bool
    }

    private let state: Mutex<State>
    private let limit: Int
    private let isWaiting: AsyncStream<Void>
    private let waits: AsyncStream<Void>.Continuation

    /// - Parameter limit: bytes that may wait for the child.
    package init(limit: Int = 16 << 20) throws(ProcessError) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
            let status = socketpair(AF_UNIX, SOCK_STREAM, 0, &ends)
            for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #else
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            let status = socketpair(AF_UNIX, kind, 0, &ends)
        #endif
        guard status == 0 else {
            throw ProcessError(
                code: .notStarted,
                message: "A program's input could not be opened: \(String(cString: strerror(errno))).", cause: nil)
        }
        state = Mutex(State(own: ends[0], child: ends[1]))
        self.limit = limit
        (isWaiting, waits) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    deinit {
        state.withLock { state in
            if state.own >= 0 { _ = systemClose(state.own) }
            if state.child >= 0 { _ = systemClose(state.child) }
        }
    }

    /// The end that the child gets; whoever starts it closes it here.
    func takeChildEnd() -> FileDescriptor {
        state.withLock { state in
            defer { state.child = -1 }
            return FileDescriptor(rawValue: state.child)
        }
    }

    /// Sends bytes, or keeps them until the child takes them.
    package func write(_ bytes: [UInt8]) throws(Blocked) {
        let blocked: Blocked? = state.withLock { state in
            guard state.own >= 0 else { return Blocked(isFull: false) }
            guard state.rest.count + bytes.count <= limit else { return Blocked(isFull: true) }
            state.rest += bytes
            return Self.flush(&state) ? nil : Blocked(isFull: false)
        }
        if let blocked { throw blocked }
        waits.yield()
    }

    /// Sends what is kept, for as long as the task is not cancelled and the pipe is open.
    package func pump() async {
        for await _ in isWaiting {
            while state.withLock({ !$0.rest.isEmpty && Self.flush(&$0) && !$0.rest.isEmpty }) {
                guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { return }
            }
        }
    }

    /// Whether nothing waits for the child.
    package var isEmpty: Bool { state.withLock { $0.rest.isEmpty } }

    /// Ends the child's input. What waits for it is lost.
    package func close() {
        state.withLock { state in
            if state.own >= 0 { _ = systemClose(state.own) }
            state.own = -1
            state.rest = []
        }
        waits.finish()
    }

    /// Sends what goes out at once.
    ///
    /// - Returns: whether somebody can still read it.
    private static func flush(_ state: inout State) -> Bool {
        while !state.rest.isEmpty {
            let count = state.rest.withUnsafeBytes { bytes in
                #if canImport(Darwin)
                    send(state.own, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
                #else
                    send(state.own, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                #endif
            }
            if count > 0 {
                state.rest.removeFirst(count)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                return true
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}

private func systemClose(_ file: Int32) -> Int32 { close(file) }
