import Base
import Testing

@testable import Sandbox

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct HostRulesTests {
    private func verdict(_ rules: HostRules, _ target: String, _ method: String? = nil) throws -> String {
        let access = method.map { HostRules.Access.request(method: $0) } ?? .tunnel
        switch rules.decision(try HostAndPort(target, standard: nil), access) {
        case .allowed(let rule): return rule
        case .denied(let refusal): return refusal.code.rawValue
        }
    }

    @Test func `what is not allowed is refused, and a denial beats a permission`() throws {
        let rules = try HostRules(
            allow: ["example.org", "*.example.com", "git.test:22", "127.0.0.1:8080", "[2001:db8::1]:9"],
            deny: ["bad.example.com", "*.worse.example.com", "example.org:80"])
        #expect(try verdict(rules, "example.org:443") == "example.org")
        #expect(try verdict(rules, "example.org:80", "GET") == "blocked-by-denylist")
        #expect(try verdict(rules, "example.org:8080") == "blocked-by-allowlist")
        #expect(try verdict(rules, "www.example.org:443") == "blocked-by-allowlist")
        #expect(try verdict(rules, "a.b.example.com:443") == "*.example.com")
        #expect(try verdict(rules, "example.com:443") == "blocked-by-allowlist")
        #expect(try verdict(rules, "evilexample.com:443") == "blocked-by-allowlist")
        #expect(try verdict(rules, "bad.example.com:443") == "blocked-by-denylist")
        #expect(try verdict(rules, "x.worse.example.com:443") == "blocked-by-denylist")
        #expect(try verdict(rules, "git.test:22") == "git.test:22")
        #expect(try verdict(rules, "git.test:443") == "blocked-by-allowlist")
        #expect(try verdict(rules, "127.0.0.1:8080") == "127.0.0.1:8080")
        #expect(try verdict(rules, "[::ffff:127.0.0.1]:8080") == "127.0.0.1:8080")
        #expect(try verdict(rules, "[2001:db8::1]:9") == "[2001:db8::1]:9")
    }

    @Test func `methods are kept where they can be seen, and a tunnel is no way around them`() throws {
        let rules = try HostRules(
            allow: ["GET,HEAD http://mirror.test", "both.test", "https://tls.test"], deny: ["POST http://both.test"])
        #expect(try verdict(rules, "mirror.test:80", "GET") == "GET,HEAD http://mirror.test")
        #expect(try verdict(rules, "mirror.test:80", "POST") == "method-policy")
        #expect(try verdict(rules, "mirror.test:80", "get") == "method-policy")
        #expect(try verdict(rules, "mirror.test:80") == "method-policy")
        #expect(try verdict(rules, "mirror.test:443") == "blocked-by-allowlist")
        #expect(try verdict(rules, "both.test:443") == "both.test")
        #expect(try verdict(rules, "both.test:80", "GET") == "both.test")
        #expect(try verdict(rules, "both.test:80", "POST") == "blocked-by-denylist")
        #expect(try verdict(rules, "both.test:80") == "blocked-by-denylist")
        #expect(try verdict(rules, "tls.test:443") == "https://tls.test")
        #expect(try verdict(rules, "tls.test:80", "GET") == "blocked-by-allowlist")
    }

    @Test func `only names that a rule could allow may be looked up`() throws {
        let rules = try HostRules(
            allow: ["*.example.com", "GET http://a.test:81"], deny: ["x.example.com", "POST http://a.test"])
        #expect(rules.couldAllow(.name("y.example.com")))
        #expect(rules.couldAllow(.name("a.test")))
        #expect(!rules.couldAllow(.name("x.example.com")))
        #expect(!rules.couldAllow(.name("example.com")))
    }

    @Test(
        arguments: [
            ("*", "* stands for"), ("*.com", "wider than one owner"), ("a.*.com", "* stands for"), ("", "write a host"),
            ("GET example.org", "method of an encrypted"), ("GET https://example.org", "method of an encrypted"),
            ("get http://example.org", "in capitals"), (", http://example.org", "in capitals"),
            ("ftp://example.org", "only http"), ("http://example.org/path", "not a path"),
            ("localhost:80", "127.0.0.1"),
            ("x.neo.internal", "no host outside"), ("example.org:0", "port"), ("example.org:99999", "port"),
            ("bücher.example", "punycode"), ("0x7f.1", "ends in a number"), ("a b c", "write a host"),
            ("*.1.2.3.4", "address"), ("exam\0ple.org", "character"),
        ])
    func `a rule that cannot be kept is refused when it is read`(rule: String, word: String) {
        let error = #expect(throws: SandboxError.self) { try HostRules(allow: [rule]) }
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }

    @Test func `rules from a file are checked, too`() throws {
        let good = try HostRules(allow: ["a.test"], deny: ["b.test"])
        #expect(try JSONDecoder().decode(HostRules.self, from: JSONEncoder().encode(good)) == good)
        #expect(throws: SandboxError.self) {
            try JSONDecoder().decode(HostRules.self, from: Data(#"{"allow": ["*"]}"#.utf8))
        }
    }

    @Test func `an upstream's key is in nothing that is written`() throws {
        let upstream = try NamedUpstream(
            name: "openai", base: "https://api.openai.com/v1/", secret: .init("sk-very-secret"),
            variables: ["OPENAI_BASE_URL"])
        var policy = SandboxPolicy()
        policy.upstreams = [upstream]
        let written = String(decoding: try JSONEncoder().encode(policy), as: UTF8.self)
        #expect(written.contains("OPENAI_BASE_URL"))
        for text in [written, "\(policy)", String(reflecting: policy)] { #expect(!text.contains("sk-very-secret")) }
        #expect(try JSONDecoder().decode(SandboxPolicy.self, from: Data(written.utf8)).upstreams[0].secret == nil)
        for base in ["http://a.test", "https://a.test/?x", "https://user@a.test", "a.test"] {
            #expect(throws: SandboxError.self) { try NamedUpstream(name: "a", base: base, secret: nil) }
        }
        for name in ["", "a.b", "a b", "-"] {
            #expect(throws: SandboxError.self) { try NamedUpstream(name: name, base: "https://a.test", secret: nil) }
        }
    }
}
