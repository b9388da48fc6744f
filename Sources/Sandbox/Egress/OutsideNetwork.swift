internal import NIOPosix

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The network as the proxy finds it outside; tests have one of their own.
package struct OutsideNetwork: Sendable {
    /// A name's addresses.
    package var resolve: @Sendable (_ name: String) async throws -> [NetworkAddress]
    /// Where a connection to an address and port that were checked really goes: there.
    package var route: @Sendable (_ address: NetworkAddress, _ port: Int) -> (NetworkAddress, Int)
    /// A file with certificates of authorities that are trusted besides the system's, in PEM.
    package var authorities: String?
    /// The proxy that stands between this machine and hosts outside.
    package var proxy: OutsideProxy?

    /// A network made of functions.
    package init(
        resolve: @escaping @Sendable (String) async throws -> [NetworkAddress],
        route: @escaping @Sendable (NetworkAddress, Int) -> (NetworkAddress, Int) = { ($0, $1) },
        authorities: String? = nil
    ) {
        self.resolve = resolve
        self.route = route
        self.authorities = authorities
    }

    /// The machine's own, whose names come from `getaddrinfo`.
    package static let system = OutsideNetwork(resolve: { name in
        try await threads.runIfActive { addresses(of: name) }
    })

    /// Threads for names alone: names that nobody answers for hold up nothing else.
    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        return pool
    }()

    private static func addresses(of name: String) -> [NetworkAddress] {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [NetworkAddress] = []
        var next = first
        while let entry = next?.pointee {
            next = entry.ai_next
            var text = [CChar](repeating: 0, count: 64)
            let number = getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, 64, nil, 0, NI_NUMERICHOST)
            // An address that is one only with its zone is this machine's link's.
            let written = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard number == 0, let address = NetworkAddress(written), !found.contains(address) else { continue }
            found.append(address)
        }
        return found
    }
}
