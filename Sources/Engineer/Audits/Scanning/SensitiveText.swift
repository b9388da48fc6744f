internal import Base

/// Something in a text that should perhaps not be there, with all but its ends blotted out.
struct SensitiveText: Sendable, Hashable {
    /// What it seems to be.
    enum Kind: Sendable, Hashable {
        case personal(PersonalData.Kind)
        case secret(String, isGuess: Bool)
    }

    let kind: Kind
    /// From 1.
    let line: Int
    /// The first and last letters.
    let masked: String

    /// All of a text, personal data first.
    static func all(in text: String) -> [SensitiveText] {
        let bytes = Array(text.utf8)
        let secrets = SecretScanner.all(in: bytes)
        // The digits of a key are no account number.
        let personal = PersonalData.all(in: bytes).filter { data in
            !secrets.contains { $0.range.overlaps(data.range) }
        }
        return personal.map {
            SensitiveText(kind: .personal($0.kind), line: $0.line, masked: masked(bytes[$0.range]))
        }
            + secrets.map {
                SensitiveText(
                    kind: .secret($0.name, isGuess: $0.isGuess), line: $0.line,
                    masked: $0.name == "private key" ? "-----BEGIN … PRIVATE KEY-----" : masked(bytes[$0.range]))
            }
    }

    /// At most four letters of ten or more; of what is short, fewer.
    static func masked(_ bytes: ArraySlice<UInt8>) -> String {
        let text = Array(String(decoding: bytes, as: UTF8.self))
        let shown = min(2, text.count / 5)
        return String(text.prefix(shown)) + "…" + String(text.suffix(shown)) + " (\(text.count) characters)"
    }
}
