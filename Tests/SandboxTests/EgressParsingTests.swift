import Base
import Testing

@testable import Sandbox

@Suite struct EgressParsingTests {
    /// A greeting as RFC 8446, section 4.1.2, has it, in records of so many bytes.
    private func greeting(_ names: [String], recordBytes: Int = 1 << 14) -> [UInt8] {
        func counted(_ bytes: [UInt8], _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * (width - 1 - $0))) } + bytes
        }
        var extensions: [UInt8] = [0, 43] + counted([2, 3, 4], 2)
        for name in names { extensions += [0, 0] + counted(counted([0] + counted(Array(name.utf8), 2), 2), 2) }
        let body = [3, 3] + [UInt8](repeating: 7, count: 32) + counted([1, 2], 1) + counted([0x13, 1], 2) + [1, 0]
        let message = [1] + counted(body + counted(extensions, 2), 3)
        return stride(from: 0, to: message.count, by: recordBytes).flatMap {
            [22, 3, 1] + counted(Array(message[$0..<min($0 + recordBytes, message.count)]), 2)
        }
    }

    @Test(arguments: [1, 3, 50, 1 << 14])
    func `the name of a greeting is found, however it is cut`(recordBytes: Int) {
        let bytes = greeting(["good.test"], recordBytes: recordBytes)
        for count in 0..<bytes.count { #expect(ClientHello.read(bytes.prefix(count)) == .incomplete) }
        #expect(ClientHello.read(bytes) == .greeting(serverName: "good.test"))
        #expect(ClientHello.read(bytes + [20, 3, 3]) == .greeting(serverName: "good.test"))
    }

    @Test func `what is no greeting, or one that could be read in two ways, is neither`() {
        #expect(ClientHello.read(greeting([])) == .greeting(serverName: nil))
        #expect(ClientHello.read(greeting(["a.test", "b.test"])) == .other)
        #expect(ClientHello.read(greeting([""])) == .other)
        #expect(ClientHello.read(Array("GET / HTTP/1.1\r\n".utf8)) == .other)
        #expect(ClientHello.read([22, 3, 1, 0, 4, 2, 0, 0, 0]) == .other)
        #expect(ClientHello.read([22, 3, 1, 0, 0]) == .other)
        #expect(ClientHello.read([22, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF]) == .other)
    }

    @Test func `bytes that were changed or made up crash nothing`() {
        var random = SplitMix64(seed: 5)
        let good = greeting(["good.test"])
        let question: [UInt8] = [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4] + Array("good".utf8) + [0, 0, 1, 0, 1]
        for _ in 0..<20_000 {
            var bytes = good
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = ClientHello.read(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            var message = question
            for _ in 0..<2 {
                message[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = DNSQuestion(Array(message.prefix(Int.random(in: 0...message.count, using: &random))))
        }
    }

    @Test func `a label cannot hold what reads as another name`() throws {
        func question(_ labels: [String]) -> DNSQuestion? {
            DNSQuestion(
                [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + labels.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
                    + [0, 0, 1, 0, 1])
        }
        #expect(try #require(question(["good", "test"])).name == "good.test")
        #expect(try #require(question(["good.test"])).name == nil)
        #expect(question([]) == nil || question([])?.name == nil)
        #expect(question((0..<9).map { _ in String(repeating: "a", count: 60) }) == nil)
        #expect(DNSQuestion([1, 2, 0x81, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1]) == nil)
        #expect(DNSQuestion([1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 0, 1, 0, 1]) == nil)
    }

    @Test func `an address stands for one name, and for no other ever`() throws {
        let names = FakeAddresses(most: 70_000)
        var seen: Set<NetworkAddress> = []
        for number in 0..<70_000 {
            let address = try #require(names.address(of: "n\(number).test"))
            #expect(seen.insert(address).inserted && !address.isPublic)
            #expect(names.name(of: address) == "n\(number).test")
        }
        #expect(names.address(of: "n7.test")?.description == "198.18.0.8")
        #expect(names.address(of: "late.test") == nil)
        #expect(names.name(of: try #require(NetworkAddress("198.19.255.255"))) == nil)
        #expect(names.name(of: try #require(NetworkAddress("198.18.0.0"))) == nil)
    }
}
