import Base
import Testing

@testable import Engineer

@Suite struct SensitiveTextTests {
    // Numbers that their issuers publish as examples, or that fit the rule; and the same with one digit changed. Presidio's
    // tests have such pairs of texts, too; these are our own.
    @Test(arguments: [
        ("SSN 219-45-6780 is on file", [PersonalData.Kind.socialSecurity]),
        ("Part 666-12-3456, 900-12-3456, 123-00-4567", []),
        ("219456780 without a word", []), ("her social security number: 219456780", [.socialSecurity]),
        ("NHS number 943 476 5919", [.nhsNumber]), ("NHS number 943 476 5918", []), ("Order 943 476 5919", []),
        ("ABA routing 021000021", [.bankRouting]), ("ABA routing 021000022", []), ("Build 021000021", []),
        ("Aadhaar: 2341 2346 7898", [.aadhaar]), ("Aadhaar: 2341 2346 7899", []),
        ("from 52.94.236.248 at noon", [.ipAddress]), ("on 192.168.0.1, 127.0.0.1, 10.1.2.3 and 203.0.113.9", []),
        ("version 1.2.3.4, v1.2.3.4, 1.2.3.4.5 and 256.1.1.1", []),
        ("4111 1111 1111 1111 and ada@lovelace.org", [.paymentCard, .email]),
    ])
    func `personal data are told by form, check digits and the words before them`(
        text: String, kinds: [PersonalData.Kind]
    ) {
        let found = SensitiveText.all(in: text).map(\.kind)
        #expect(found == kinds.map { .personal($0) })
    }

    /// Keys that open nothing, put together here so that no scanner takes this file for a leak.
    private static let letters = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d"

    /// What each begins with, what follows, and how many letters of it.
    private static let shapes: [(String, String, Int)] = [
        ("AWS access key", "AKIA", 0), ("GitHub token", "ghp_", 36), ("GitLab token", "glpat-", 20),
        ("Slack token", "xoxb-", 24), ("Stripe key", "sk_live_", 24), ("Anthropic key", "sk-ant-", 40),
        ("Google API key", "AIza", 35), ("Hugging Face token", "hf_", 34), ("npm token", "npm_", 36),
        ("OpenAI key", "sk-proj-", 40), ("Groq key", "gsk_", -1),
    ]

    @Test(arguments: shapes)
    func `keys are told by the form that their provider gives them`(name: String, prefix: String, count: Int) {
        var body = String(Self.letters.prefix(max(count, 0)))
        if count == 0 { body = "QZ7RTY2WPLM4XNVB" }
        if count < 0 { body = Self.letters + "p8Q2r4S6t8" }
        let key = prefix + body
        for text in ["key: \(key)", "export X=\(key)\n", "\"\(key)\"", "(\(key))"] {
            #expect(SensitiveText.all(in: text).map(\.kind) == [.secret(name, isGuess: false)], "\(text)")
        }
    }

    @Test(arguments: [
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "AKIAIOSFODNN7EXAMPLE", "password: changeme",
        "password = your-password-here1",
        "token: request.headers.token", "api_key = os.environ[KEY]", "postgres://user:password@localhost/db",
        "https://example.org/path:1@x", "commit 3665dee56525b865b786d538c567648b76899fc7",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", "eyJhbGciOi.notbase64.x",
        "secret: aaaaaaaaaaaa1",
        "The token 12 is followed by token 13.",
    ])
    func `placeholders, hashes and words are no secrets`(text: String) {
        #expect(SensitiveText.all(in: text).isEmpty, "\(SensitiveText.all(in: text))")
    }

    @Test func `private keys, signed tokens, passwords in addresses and disorder behind a word are told`() {
        let key =
            "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq3Zk9QxWv2Lr8TnYp4Hs6Jd1Fg5Mc0UeXaRiOtBzKw\nabc"
        let token = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiJhZGEifQ." + "dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk"
        let address = "postgres://ada:" + "kX9vQ2mZ7p@db.internal/x"
        let guess = "client_secret = \"" + "q7Zt4Kx9Wm2Rv8Lp5Ns1\""
        let kinds = SensitiveText.all(in: [key, token, address, guess].joined(separator: "\n\n")).map(\.kind)
        #expect(
            kinds == [
                .secret("private key", isGuess: false), .secret("JSON Web Token", isGuess: false),
                .secret("password in an address", isGuess: false), .secret("password or key", isGuess: true),
            ])
    }

    @Test func `of what is found only the ends are shown, with its line`() throws {
        let key = "ghp_" + String(Self.letters.prefix(36))
        let found = try #require(SensitiveText.all(in: "one\ntwo \(key)\n").first)
        #expect(found.line == 2)
        #expect(found.masked == "gh…9v (40 characters)" || found.masked.count < 25)
        #expect(!found.masked.contains(key.dropFirst(4).prefix(6)))
        #expect(SensitiveText.masked(Array("1234".utf8)[...]) == "… (4 characters)")
    }

    @Test func `a scan makes one finding of each kind and source, and passes over what people let stand`() {
        var allowed = AuditAllowList()
        allowed.entries = [.init(finding: "personal-data.email", place: "docs/*.md", reason: "public", by: "ada")]
        var scan = TextScan(allowed: allowed)
        scan.read("ada@lovelace.org", from: .documents, file: "docs/a.md")
        scan.read("ada@lovelace.org\nbob@lovelace.org", from: .documents, file: "b.txt")
        scan.read("4111 1111 1111 1111", from: .logs, file: "x.jsonl")
        #expect(scan.findings.map(\.id) == ["personal-data.email.documents", "personal-data.paymentCard.logs"])
        #expect(scan.findings.first?.places == ["b.txt:1", "b.txt:2"])
        #expect(scan.findings.map(\.severity) == [.low, .high])
        #expect(scan.exceptions.values.map { $0 } == [1])
        #expect(scan.findings.allSatisfy { !$0.evidence.contains("lovelace") })
    }
}
