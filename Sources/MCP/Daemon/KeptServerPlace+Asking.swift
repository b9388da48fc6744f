package import Base
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension KeptServerPlace {
    /// What a kept server answers; nil where none is kept, or the one that is does not take it any more.
    ///
    /// It waits in a thread of its own: event loops take longer to start than the call takes.
    ///
    /// - Throws: `MCPError` where it ends after it has taken the request, as nobody knows then what it did of it;
    ///   `CancellationError`.
    package func ask(_ request: JSONValue) async throws -> JSONValue? {
        let isCancelled = Mutex(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(
                        with: Result {
                            guard let connection = KeptServerConnection(socket) else { return nil }
                            return try connection.ask(request, log: log) { isCancelled.withLock { $0 } }
                        })
                }
            }
        } onCancel: {
            isCancelled.withLock { $0 = true }
        }
    }
}

/// A connection to whoever keeps a server, for one question.
private final class KeptServerConnection {
    private static let answerBytes = 4 * StdioTransport.lineBytes
    /// How long somebody who gives up may have to wait.
    private static let pauseMilliseconds: Int32 = 100
    private let file: Int32

    /// Nil where nobody listens.
    init?(_ path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        file = socket(AF_UNIX, stream, 0)
        guard file >= 0 else { return nil }
        // Whoever is started from here has no business with it, and who waits for it can be told to stop.
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        _ = fcntl(file, F_SETFL, O_NONBLOCK)
        let isThere = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isThere else { return nil }
    }

    deinit { if file >= 0 { close(file) } }

    /// Asks, and waits for the line that answers; nil where the request was not taken.
    func ask(_ request: JSONValue, log: String, until isCancelled: () -> Bool) throws -> JSONValue? {
        var rest = Array((request.canonicalText + "\n").utf8)[...]
        while !rest.isEmpty {
            guard try wait(for: Int16(POLLOUT), until: isCancelled) else { return nil }
            let count = rest.withUnsafeBytes { send(file, $0.baseAddress, $0.count, Self.quietly) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return nil }
            rest = rest.dropFirst(count)
        }
        var isTaken = false
        var splitter = LineSplitter(limit: Self.answerBytes)
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while try wait(for: Int16(POLLIN), until: isCancelled) {
            let count = piece.withUnsafeMutableBytes { recv(file, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            let lines = try? piece[..<count].withUnsafeBytes { try splitter.append($0) }
            for line in lines ?? [] {
                guard let json = try? line.withUnsafeBytes({ try JSONValue(parsing: $0) }) else { break }
                guard json == KeptServerLine.taken else { return json }
                isTaken = true
            }
            if lines == nil { break }
        }
        guard isTaken else { return nil }
        throw MCPError(
            .unreachable,
            "Who keeps the server ended in the middle of the call, and what the call did is not known; the log is \(log)."
        )
    }

    /// Nobody is killed because the other side has gone.
    private static var quietly: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }

    /// Waits until something can be read or written; false where that will never be.
    private func wait(for events: Int16, until isCancelled: () -> Bool) throws(CancellationError) -> Bool {
        while true {
            guard !isCancelled() else { throw CancellationError() }
            var ready = pollfd(fd: file, events: events, revents: 0)
            let count = poll(&ready, 1, Self.pauseMilliseconds)
            if count > 0 { return true }
            guard count == 0 || errno == EINTR else { return false }
        }
    }
}
