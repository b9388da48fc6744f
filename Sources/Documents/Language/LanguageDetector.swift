/// Tells which language a text is written in: by its script where that decides, else by the commonest words of the
/// fifteen languages that Snowball stems and by their own letters.
///
/// The words are a language's function words, which make up a third of running text; a text without any, such as a
/// table of numbers, has no language.
package enum LanguageDetector {
    /// So much of a text is looked at.
    private static let limit = 20_000

    /// The language of a text, or nil where it cannot be told.
    package static func language(of text: String) -> Language? {
        var scripts: [Script: Int] = [:]
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var letters: [Unicode.Scalar: Int] = [:]
        for scalar in text.unicodeScalars.prefix(limit) {
            guard let script = Script(scalar) else {
                if !word.isEmpty { words.append(String(word)) }
                word = String.UnicodeScalarView()
                continue
            }
            scripts[script, default: 0] += 1
            guard script == .latin else { continue }
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            word.append(contentsOf: lower)
            if scalar.value > 0x7F, let first = lower.first { letters[first, default: 0] += 1 }
        }
        if !word.isEmpty { words.append(String(word)) }
        let all = scripts.values.reduce(0, +)
        guard all > 0 else { return nil }
        // A Chinese text has more meaning in a letter: a fifth of it decides.
        let kana = scripts[.kana] ?? 0
        let han = scripts[.han] ?? 0
        if (han + kana) * 5 > all { return Language(code: kana * 20 > han + kana ? "ja" : "zh") }
        if (scripts[.hangul] ?? 0) * 5 > all { return Language(code: "ko") }
        if let script = scripts.first(where: { $0.value * 2 > all })?.key, let code = script.language {
            return Language(code: code)
        }
        guard (scripts[.latin] ?? 0) * 2 > all else { return nil }
        return byWords(words, letters)
    }

    private static func byWords(_ words: [String], _ letters: [Unicode.Scalar: Int]) -> Language? {
        var scores: [String: Double] = [:]
        for word in words {
            guard let languages = FunctionWords.languages[word] else { continue }
            // One letter may be a formula's.
            let weight = word.unicodeScalars.count == 1 ? 0.5 : 1
            for language in languages { scores[language, default: 0] += weight / Double(languages.count) }
        }
        for (letter, count) in letters {
            guard let languages = FunctionWords.letters[letter] else { continue }
            // A letter's weight is bounded: a name with an accent makes no language.
            for language in languages {
                scores[language, default: 0] +=
                    min(Double(count) * 0.3, 0.08 * Double(words.count) + 0.3)
                    / Double(languages.count)
            }
        }
        let ranked = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let best = ranked.first, best.value >= 1, best.value >= 0.06 * Double(words.count) else { return nil }
        if ranked.count > 1, best.value < 1.05 * ranked[1].value { return nil }
        return Language(code: best.key)
    }
}

/// A writing system, as far as it tells languages apart.
private enum Script: Hashable {
    case latin, cyrillic, greek, arabic, hebrew, thai, devanagari, han, kana, hangul

    /// The language that is meant where a script has one above all.
    var language: String? {
        switch self {
        case .cyrillic: "ru"
        case .greek: "el"
        case .arabic: "ar"
        case .hebrew: "he"
        case .thai: "th"
        case .devanagari: "hi"
        case .latin, .han, .kana, .hangul: nil
        }
    }

    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x591...0x5F4: self = .hebrew
        case 0x600...0x6FF, 0x750...0x77F: self = .arabic
        case 0x900...0x97F: self = .devanagari
        case 0xE00...0xE7F: self = .thai
        case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .han
        case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
        default: return nil
        }
    }
}
