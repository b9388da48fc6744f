internal import Synchronization

/// The addresses that names have inside. They stand for a name and lead nowhere: none is ever given to a second name, so
/// that what was meant for one host cannot reach another.
///
/// They are those of 198.18.0.0/15, which RFC 2544 keeps for measurements and nobody routes.
final class FakeAddresses: Sendable {
    private struct State {
        var addresses: [String: NetworkAddress] = [:]
        var names: [String] = []
    }

    private let state = Mutex(State())
    private let most: Int

    init(most: Int = 16_384) { self.most = min(most, 131_070) }

    /// A name's address, the same every time; nil where there were too many names.
    func address(of name: String) -> NetworkAddress? {
        state.withLock { state in
            if let known = state.addresses[name] { return known }
            guard state.names.count < most else { return nil }
            state.names.append(name)
            let number = state.names.count
            let address = NetworkAddress(bytes: [
                198, 18 + UInt8(number >> 16), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF),
            ])
            state.addresses[name] = address
            return address
        }
    }

    /// The name that an address was given to.
    func name(of address: NetworkAddress) -> String? {
        let bytes = address.bytes
        guard bytes.count == 4, bytes[0] == 198, bytes[1] == 18 || bytes[1] == 19 else { return nil }
        let number = Int(bytes[1] - 18) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
        return state.withLock { number >= 1 && number <= $0.names.count ? $0.names[number - 1] : nil }
    }
}
