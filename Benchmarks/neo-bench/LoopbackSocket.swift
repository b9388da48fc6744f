#if os(Linux)
    import Glibc

    /// Blocking sockets on this machine: as little work as a client and a server can do.
    enum LoopbackSocket {
        struct Failure: Error { let number = errno }

        static func listening() throws -> (descriptor: Int32, port: Int) {
            let made = try made()
            var address = address(0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(made, $0, length) == 0 && listen(made, 1024) == 0 && getsockname(made, $0, &length) == 0
                }
            }
            guard isBound else { throw Failure() }
            return (made, Int(UInt16(bigEndian: address.sin_port)))
        }

        static func connected(to port: Int) throws -> Int32 {
            let made = try made()
            var address = address(port)
            let isConnected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            guard isConnected else { throw Failure() }
            return made
        }

        private static func made() throws -> Int32 {
            let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard made >= 0 else { throw Failure() }
            var on: Int32 = 1
            setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
            // Thousands of short connections a second would use up the ports otherwise.
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(made, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            return made
        }

        private static func address(_ port: Int) -> sockaddr_in {
            sockaddr_in(
                sin_family: sa_family_t(AF_INET), sin_port: UInt16(port).bigEndian,
                sin_addr: in_addr(s_addr: UInt32(0x7F00_0001).bigEndian), sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
        }

        static func send(_ text: String, to stream: Int32) {
            var text = text
            text.withUTF8 { _ = Glibc.send(stream, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }

        /// Reads to the end of a head; what came with it behind is forgotten.
        ///
        /// - Returns: 1.
        static func readHead(_ stream: Int32) throws -> Int {
            let end: [UInt8] = [13, 10, 13, 10]
            var buffer = [UInt8](repeating: 0, count: 4096)
            var at = 0
            while at < 4 || !(buffer[(at - 4)..<at].elementsEqual(end) || buffer[..<at].contains(end)) {
                let got = buffer.withUnsafeMutableBytes {
                    recv(stream, $0.baseAddress?.advanced(by: at), $0.count - at, 0)
                }
                guard got > 0 else { throw Failure() }
                at += got
            }
            return 1
        }

        /// Reads and forgets, and says how much it was.
        static func drain(_ stream: Int32, until end: ContinuousClock.Instant) throws -> Int {
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            var count = 0
            while ContinuousClock.now < end {
                let got = recv(stream, &buffer, buffer.count, 0)
                guard got > 0 else { throw Failure() }
                count += got
            }
            return count
        }

        static func sendForever(_ stream: Int32) {
            let buffer = [UInt8](repeating: 120, count: 1 << 18)
            while Glibc.send(stream, buffer, buffer.count, Int32(MSG_NOSIGNAL)) > 0 {}
        }

        /// Answers every head with an empty response.
        static func answerForever(_ stream: Int32) {
            while (try? readHead(stream)) != nil { send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", to: stream) }
        }
    }
#endif
