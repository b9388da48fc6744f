internal import Base

/// Something that is taken for true, with where it comes from.
package struct MemoryFact: Sendable, Hashable {
    /// Where a fact comes from.
    package enum Source: Sendable, Hashable {
        /// A file of the folder, and the words that say so; without words, the file as it was, by its hash.
        case file(String, quote: String?, hash: String?)
        /// A page of the web.
        case page(String)
        /// Somebody's word.
        case person(String)
    }

    /// What a look at the source gives.
    package enum Standing: Sendable, Hashable {
        /// The source still says so.
        case holds
        /// It does not, and why.
        case stale(String)
        /// Nobody can look there; why.
        case unchecked(String)
    }

    package var id: String
    package var text: String
    package var source: Source?
    /// The day on which it was noted: `2026-11-22`.
    package var date: String?
    package var author: String?

    /// After so many days, what cannot be checked is called old.
    static let oldAfterDays = 180

    /// Looks whether the source still says so.
    ///
    /// - Parameters:
    ///   - read: the text of a file of the folder; nil where there is none that may be read.
    ///   - today: as `2026-11-22`.
    package func standing(today: String, read: (String) -> String?) -> Standing {
        switch source {
        case .file(let path, let quote, let hash):
            guard let text = read(path) else { return .stale("\(path) is gone") }
            if let quote {
                return Self.words(text).contains(Self.words(quote)) ? .holds : .stale("\(path) no longer says so")
            }
            guard let hash else { return .unchecked("no words of \(path) were noted") }
            return Self.hash(text) == hash ? .holds : .stale("\(path) has changed since")
        case .page: return aged("a page of the web", today)
        case .person: return aged("somebody's word", today)
        case nil: return aged("it has no source", today)
        }
    }

    private func aged(_ reason: String, _ today: String) -> Standing {
        guard let date, let days = Self.days(from: date, to: today), days > Self.oldAfterDays else {
            return .unchecked(reason)
        }
        return .stale("noted \(days) days ago, and not looked at since")
    }

    static func hash(_ text: String) -> String { String(ContentHash(of: text).hex.prefix(12)) }

    /// A text as its words: line breaks and marks do not make another quote.
    private static func words(_ text: String) -> String {
        text.split { $0.isWhitespace || $0 == "*" || $0 == "_" || $0 == "`" }.joined(separator: " ")
    }

    private static func days(from: String, to: String) -> Int? {
        func number(_ text: String) -> Int? {
            let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]),
                (0...9999).contains(parts[0])
            else { return nil }
            // Days since a fixed day, by the civil calendar (H. Hinnant).
            let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
            let month = (parts[1] + 9) % 12
            return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2] - 1
        }
        guard let start = number(from), let end = number(to) else { return nil }
        return end - start
    }
}
