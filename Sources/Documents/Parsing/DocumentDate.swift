#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A day as documents write it: `2024-05-31`, `2024-05-31T10:00:00Z`, `20240531`, `31 May 2024`, `May 31, 2024`.
struct DocumentDate: Sendable, Hashable, Comparable {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    let year: Int
    let month: Int
    let day: Int

    /// `2024-05-31`.
    var text: String {
        let parts = [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)-\(parts[0])-\(parts[1])"
    }

    private init?(year: Int, month: Int, day: Int) {
        let lengths = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31]
        let rest = [30, 31, 30, 31]
        guard (1...9_999).contains(year), (1...12).contains(month), (1...(lengths + rest)[month - 1]).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads a date; nil where there is none, or more than one way to read it (`3/4/2024`).
    init?(_ text: String) {
        let words = text.prefix(64).split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map { $0.lowercased() }
        if let first = words.first, first.utf8.count == 8, let number = Int(first) {
            self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
            return
        }
        if words.count >= 3, words[0].utf8.count == 4, let year = Int(words[0]), let month = Int(words[1]),
            let day = Int(words[2].prefix { $0.isNumber })
        {
            self.init(year: year, month: month, day: day)
            return
        }
        // `Fri, 31 May 2024`, `May 31st, 2024`
        guard
            let month = words.lazy.compactMap({ word in
                word.first?.isLetter == true ? Self.months.firstIndex(of: String(word.prefix(3))) : nil
            }).first,
            let year = words.lazy.filter({ $0.utf8.count == 4 }).compactMap({ Int($0) }).first,
            let day = words.lazy.filter({ $0.utf8.count <= 4 && $0.first?.isNumber == true })
                .compactMap({ Int($0.prefix { $0.isNumber }) }).first(where: { $0 <= 31 })
        else { return nil }
        self.init(year: year, month: month + 1, day: day)
    }

    /// The day, in UTC, of a moment.
    init?(secondsSince1970 seconds: Int) {
        // Howard Hinnant's days_from_civil, the other way round.
        let days = Int((Double(seconds) / 86_400).rounded(.down)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    static func < (left: DocumentDate, right: DocumentDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
