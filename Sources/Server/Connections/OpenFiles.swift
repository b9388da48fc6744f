#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How many files the process may have open; every connection is one.
enum OpenFiles {
    /// What the process needs besides its connections: the listening socket, the event loops, the standard streams.
    static let reserve = 64

    // Glibc imports the constant and the parameter as two types.
    #if canImport(Glibc)
        private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let kind = RLIMIT_NOFILE
    #endif

    /// Makes room for so many connections, as far as the system lets the process.
    static func makeRoom(connections: Int) throws(ServerError) {
        var limit = rlimit()
        let needed = connections + reserve
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < rlim_t(needed) else { return }
        let given = limit.rlim_cur
        limit.rlim_cur = min(rlim_t(needed), limit.rlim_max)
        guard limit.rlim_cur == rlim_t(needed), setrlimit(kind, &limit) == 0 else {
            throw ServerError(
                code: .invalidOptions,
                message: """
                    --max-connections \(connections) needs \(needed) open files, and this process may have \(given); \
                    raise that with ulimit -n, or take a smaller number.
                    """
            )
        }
    }
}
