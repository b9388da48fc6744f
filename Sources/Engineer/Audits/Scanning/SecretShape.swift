/// The form of a key that a provider gives out: what it begins with, and of which letters how many follow.
struct SecretShape: Sendable, Hashable {
    /// The letters that may follow.
    enum Alphabet: Sendable, Hashable {
        case alphanumeric
        /// Also `_` and `-`.
        case url
        case hex
        case upper

        func contains(_ byte: UInt8) -> Bool {
            switch (self, byte) {
            case (_, 0x30...0x39): true
            case (.hex, 0x61...0x66), (.hex, 0x41...0x46): true
            case (.hex, _): false
            case (_, 0x41...0x5A): true
            case (.upper, _): false
            case (_, 0x61...0x7A): true
            case (.url, UInt8(ascii: "_")), (.url, UInt8(ascii: "-")): true
            default: false
            }
        }
    }

    /// Who gives it out, in words.
    let name: String
    let prefix: [UInt8]
    let alphabet: Alphabet
    /// How many letters follow the prefix.
    let lengths: ClosedRange<Int>

    init(_ name: String, _ prefix: String, _ alphabet: Alphabet, _ lengths: ClosedRange<Int>) {
        self.name = name
        self.prefix = Array(prefix.utf8)
        self.alphabet = alphabet
        self.lengths = lengths
    }

    /// The forms that are known, by their first letter; of those with the same beginning the longer comes first.
    static let byFirstByte: [UInt8: [SecretShape]] = Dictionary(
        grouping: all.sorted { $0.prefix.count > $1.prefix.count }, by: { $0.prefix[0] })

    /// From the providers' own documents.
    static let all: [SecretShape] =
        ["AKIA", "ASIA", "ABIA", "ACCA"].map { SecretShape("AWS access key", $0, .upper, 16...16) }
        + ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { SecretShape("GitHub token", $0, .alphanumeric, 36...251) } + [
            SecretShape("GitHub token", "github_pat_", .url, 60...100),
            SecretShape("GitLab token", "glpat-", .url, 20...60),
            SecretShape("Slack token", "xoxb-", .url, 20...120), SecretShape("Slack token", "xoxp-", .url, 20...120),
            SecretShape("Slack token", "xoxa-", .url, 20...120), SecretShape("Slack token", "xapp-", .url, 20...160),
            SecretShape("Stripe key", "sk_live_", .alphanumeric, 24...120),
            SecretShape("Stripe key", "rk_live_", .alphanumeric, 24...120),
            SecretShape("Stripe webhook secret", "whsec_", .alphanumeric, 32...120),
            SecretShape("Anthropic key", "sk-ant-", .url, 40...160),
            SecretShape("OpenAI key", "sk-proj-", .url, 40...200),
            SecretShape("OpenRouter key", "sk-or-v1-", .hex, 64...64),
            SecretShape("OpenAI key", "sk-", .alphanumeric, 40...64),
            SecretShape("Google API key", "AIza", .url, 35...35),
            SecretShape("Google OAuth secret", "GOCSPX-", .url, 28...28),
            SecretShape("Hugging Face token", "hf_", .alphanumeric, 34...40),
            SecretShape("npm token", "npm_", .alphanumeric, 36...36),
            SecretShape("PyPI token", "pypi-AgEI", .url, 50...300),
            SecretShape("DigitalOcean token", "dop_v1_", .hex, 64...64),
            SecretShape("Databricks token", "dapi", .hex, 32...36),
            SecretShape("Shopify token", "shpat_", .hex, 32...32),
            SecretShape("Linear key", "lin_api_", .alphanumeric, 40...48),
            SecretShape("Groq key", "gsk_", .alphanumeric, 48...60),
            SecretShape("xAI key", "xai-", .alphanumeric, 60...100),
            SecretShape("Replicate token", "r8_", .alphanumeric, 37...40),
            SecretShape("Vault token", "hvs.", .url, 24...200),
            SecretShape("Twilio key", "SK", .hex, 32...32), SecretShape("Mailgun key", "key-", .hex, 32...32),
            SecretShape("age secret key", "AGE-SECRET-KEY-1", .upper, 58...58),
        ]

    /// Where a key of this form that begins here ends; nil where none does.
    func end(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= prefix.count + lengths.lowerBound,
            bytes[start..<start + prefix.count].elementsEqual(prefix)
        else { return nil }
        let body = start + prefix.count
        var end = body
        while end < bytes.count, end - body <= lengths.upperBound, alphabet.contains(bytes[end]) { end += 1 }
        return lengths.contains(end - body) ? end : nil
    }
}
