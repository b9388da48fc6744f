internal import CSandbox
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Neo's end of the door to a run's network, which a process of `neo-cell` keeps: it is asked for a port, and hands over a
/// connection to it.
final class CellDoor: Sendable {
    private let socket: Mutex<Int32>

    /// The door is closed with this object.
    init(_ socket: Int32) { self.socket = Mutex(socket) }

    deinit { _ = socket.withLock { closeDescriptor($0) } }

    /// A connection to a port inside, which the caller closes. It waits, so it is made on a thread that may.
    func connect(to port: Int) throws(SandboxError) -> Int32 {
        let made = socket.withLock { socket -> Int32 in
            let question = withUnsafeBytes(of: UInt16(clamping: port)) { Array($0) }
            guard neo_sandbox_send(socket, question, question.count) == 0 else { return -1 }
            var answer = [UInt8](repeating: 0, count: 1)
            var descriptors = [Int32](repeating: -1, count: 1)
            var count = descriptors.count
            // The keeper waits five seconds for a server that takes nobody in.
            guard neo_sandbox_receive(socket, &answer, answer.count, 10_000, &descriptors, &count) == 1, count == 1
            else { return -1 }
            return descriptors[0]
        }
        guard made >= 0 else {
            throw SandboxError(.notStarted, "Nothing listens at port \(port) inside the sandbox.")
        }
        return made
    }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
