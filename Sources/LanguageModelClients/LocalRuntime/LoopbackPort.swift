#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A port of this machine that nobody listens at.
enum LoopbackPort {
    /// Asks the system for one. Somebody else may take it before it is used; then the server ends, and the next try
    /// gets another.
    static func free() throws(LocalRuntimeError) -> Int {
        guard let port = bound(to: 0) else { throw LocalRuntimeError("No port of this machine can be had.") }
        return port
    }

    /// Whether nobody listens at a port; connections that have not quite ended do not matter.
    static func isFree(_ port: Int) -> Bool { bound(to: port) != nil }

    /// The port that was had where one was asked for; 0 asks for any. It is given back at once.
    private static func bound(to port: Int) -> Int? {
        #if canImport(Darwin)
            let stream = SOCK_STREAM
        #else
            let stream = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        if port != 0 {
            var on: Int32 = 1
            _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        return status ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}
