import Base
import Processes
import TestSupport
import Testing

@testable import Sandbox

@Suite struct HostNameTests {
    @Test(
        arguments: [
            ("example.org", "example.org"), ("EXAMPLE.Org.", "example.org"), ("a_b.example", "a_b.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("localhost", "localhost"), ("a1", "a1"),
            ("1.2.3.4", "1.2.3.4"), ("1.2.3.4.", "1.2.3.4"), ("0.0.0.0", "0.0.0.0"),
            ("[2001:DB8::1]", "2001:db8::1"), ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("[::1]", "::1"),
            ("[::ffff:10.0.0.1]", "10.0.0.1"), ("::ffff:a00:1", "10.0.0.1"), ("1.2.3.4.example", "1.2.3.4.example"),
            ("0xg.example", "0xg.example"), ("example.0xg", "example.0xg"),
        ])
    func `a host has one form`(text: String, form: String) throws {
        #expect(try HostName(text).description == form)
    }

    @Test(
        arguments: [
            "", ".", "..", "example..org", "example.org..", ".example.org", "exa mple.org", "example.org\0.evil.test",
            "example.org\r\nHost: evil.test", "user@example.org", "example.org%00", "%31.2.3.4", "bücher.example",
            "ａ.example", "-a.example", "a-.example", String(repeating: "a", count: 64) + ".example",
            String(repeating: "abc.", count: 64) + "example", "[::1", "::1]", "[]", "[fe80::1%eth0]", "[v1.x]", ":::",
            "example.org:80", "0177.1", "0x7f.1", "2130706433", "127.1", "1.2.3.08", "1.2.3.256", "1.2.3.4.5",
            "01.2.3.4",
            "0x", "example.0x1f", "example.1", "1.2.3.4..", "*.example.org", "a/b", "a\\b", "a#b", "a?b", "[1.2.3.4]",
            "::ffff:1.2.3.04", "1::2::3",
        ])
    func `what programs read in different ways is no host`(text: String) {
        #expect(throws: SandboxError.self) { try HostName(text) }
    }

    @Test func `what is wrong with a host is said without what it could do to a terminal`() {
        let error = #expect(throws: SandboxError.self) { try HostName("a\u{1B}[2J\0") }
        #expect(error?.message == "The host “a\\u{1b}[2J\\u{0}” holds a character that no host's name has.")
    }

    /// Python reads 4,000 texts that are nearly addresses, with the generator's seed in the test.
    @Test func `addresses are read as Python reads them, and what we call public is not less so there`() async throws {
        guard executablePath(of: "python3", environment: ["PATH": "/usr/bin:/usr/local/bin"]) != nil else {
            print("skipped: there is no python3")
            return
        }
        var random = SplitMix64(seed: 17)
        let pieces = [
            "0", "1", "10", "127", "255", "256", "01", "::", ":", ".", "ffff", "fe80", "2001", "db8", "64", "ff9b",
            "fc00",
            "192.168", "169.254", "100.64", "8.8.8.8", "1.2.3.4", "::ffff:", "x", "3fff", "2002",
        ]
        let texts = (0..<4_000).map { _ -> String in
            let kind = Int.random(in: 0..<3, using: &random)
            if kind == 0 {
                return (0..<4).map { _ in String(Int.random(in: 0...258, using: &random)) }.joined(separator: ".")
            }
            if kind == 1 {
                let count = Int.random(in: 7...9, using: &random)
                return (0..<count).map { _ in String(Int.random(in: 0...0x10100, using: &random), radix: 16) }
                    .joined(separator: ":")
            }
            return (0..<Int.random(in: 1...6, using: &random)).map { _ in
                pieces[Int.random(in: pieces.indices, using: &random)]
            }
            .joined()
        }
        let script = """
            import ipaddress, sys
            for line in sys.stdin:
                try:
                    a = ipaddress.ip_address(line.rstrip("\\n"))
                    a = getattr(a, "ipv4_mapped", None) or a
                    print(a.packed.hex(), int(a.is_global and not a.is_multicast))
                except ValueError:
                    print("none 0")
            """
        let python = ChildProcess(
            executable: "/usr/bin/python3", arguments: ["-c", script], directory: "/", environment: [:],
            input: texts.joined(separator: "\n") + "\n", timeLimitSeconds: 60)
        let lines = try await python.run().output.split(separator: "\n")
        #expect(lines.count == texts.count)
        var valid = 0
        for (text, line) in zip(texts, lines) {
            let fields = line.split(separator: " ")
            let own = NetworkAddress(text)
            var bytes = "none"
            if let own { bytes = own.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
            #expect(bytes == fields[0], "\(text)")
            if own != nil { valid += 1 }
            if own?.isPublic == true, !text.lowercased().hasPrefix("64:ff9b"), !text.hasPrefix("2002:") {
                #expect(fields[1] == "1", "\(text)")
            }
        }
        #expect(valid > 1_000)
    }

    @Test(
        arguments: [
            "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
            "192.168.1.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255",
            "::",
            "::1", "::7f00:1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "64:ff9b::7f00:1", "64:ff9b:1::1",
            "2002:a00:1::", "2002:7f00:1::1", "2001::1", "2001:db8::1", "3fff::1", "::ffff:192.168.0.1",
        ])
    func `an address that is not everybody's is not public`(text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"])
    func `an address of everybody's is public`(text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic)
    }
}
