internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

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

    /// Whole days from one day to another, both as `2026-11-22`; nil where one is no day.
    private static func days(from: String, to: String) -> Int? {
        guard let start = try? Date(from.prefix(10) + "T00:00:00Z", strategy: .iso8601),
            let end = try? Date(to.prefix(10) + "T00:00:00Z", strategy: .iso8601)
        else { return nil }
        return Int(end.timeIntervalSince(start) / 86_400)
    }
}
