package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a project's documents are like: read before anything is asked. It holds counts and places, and no text.
package struct DocumentSurvey: Sendable, Hashable, Codable {
    /// How long documents are, in characters.
    package struct Sizes: Sendable, Hashable, Codable {
        package var median = 0
        package var ninetieth = 0
        package var largest = 0
    }

    /// The days that documents give themselves, else those of their files: `2026-11-21`.
    package struct Dates: Sendable, Hashable, Codable {
        package var oldest: String
        package var median: String
        package var newest: String
    }

    /// Personal data of one kind.
    package struct Personal: Sendable, Hashable, Codable {
        package var kind: PersonalData.Kind
        package var count = 0
        package var documents = 0
        /// The first places, as `FILE:LINE`.
        package var places: [String] = []
    }

    /// A document and an earlier one that it repeats.
    package struct Copy: Sendable, Hashable, Codable {
        package var document: String
        package var original: String
    }

    /// A file that could not be used.
    package struct Unread: Sendable, Hashable, Codable {
        package var file: String
        package var reason: String
    }

    /// So many examples are kept of anything.
    static let examples = 20
    /// Raised where the same documents would be described differently.
    static let version = 2

    /// What it was made from: names, sizes and times of the files, and how they are read.
    package var source: ContentHash
    package var files = 0
    package var documents = 0
    package var bytes = 0
    package var characters = 0
    package var sizes = Sizes()
    /// Files by format.
    package var formats: [String: Int] = [:]
    /// Documents by ISO 639-1 code; `unknown` where it cannot be told.
    package var languages: [String: Int] = [:]
    package var copies = 0
    package var nearCopies = 0
    package var copyExamples: [Copy] = []
    package var personal: [Personal] = []
    /// Documents with personal data of any kind.
    package var personalDocuments = 0
    package var dates: Dates?
    package var unread = 0
    package var unreadExamples: [Unread] = []

    init(source: ContentHash) {
        self.source = source
    }

    /// What conditions and questions may name.
    static let factNames: Set<String> = [
        "survey.documents", "survey.language", "survey.languageCount", "survey.copies", "survey.nearCopies",
        "survey.unread", "survey.personal", "survey.personalDocuments", "survey.personalKinds", "survey.oldest",
        "survey.median", "survey.newest", "survey.medianAge", "survey.newestAge",
    ]

    /// The facts by name; ages are in days.
    func facts(at now: Date) -> [String: JSONValue] {
        let known = languages.filter { $0.key != "unknown" }
        let commonest = known.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        var facts: [String: JSONValue] = [
            "survey.documents": .integer(documents), "survey.language": .string(commonest ?? "unknown"),
            "survey.languageCount": .integer(known.count), "survey.copies": .integer(copies),
            "survey.nearCopies": .integer(nearCopies), "survey.unread": .integer(unread),
            "survey.personal": .integer(personal.reduce(0) { $0 + $1.count }),
            "survey.personalDocuments": .integer(personalDocuments),
            "survey.personalKinds": .string(
                personal.map { "\($0.count) × \($0.kind.rawValue)" }.joined(separator: ", ")),
        ]
        if let dates {
            facts["survey.oldest"] = .string(dates.oldest)
            facts["survey.median"] = .string(dates.median)
            facts["survey.newest"] = .string(dates.newest)
            facts["survey.medianAge"] = Self.days(since: dates.median, at: now)
            facts["survey.newestAge"] = Self.days(since: dates.newest, at: now)
        }
        return facts
    }

    private static func days(since day: String, at now: Date) -> JSONValue? {
        guard let date = try? Date("\(day)T00:00:00Z", strategy: .iso8601) else { return nil }
        return .integer(Int((now.timeIntervalSince(date) / 86_400).rounded(.down)))
    }

    /// The survey for people.
    package var text: String {
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
                .joined(separator: ", ")
        }
        var lines = [
            "\(files) files (\(list(formats))), \(documents) documents, \(characters) characters; half have fewer than "
                + "\(sizes.median), the largest has \(sizes.largest)",
            "languages: \(list(languages))",
        ]
        if let dates { lines.append("dates: \(dates.oldest) to \(dates.newest), half before \(dates.median)") }
        if copies + nearCopies > 0 { lines.append("copies: \(copies), nearly the same: \(nearCopies)") }
        for finding in personal {
            lines.append(
                "\(finding.kind.rawValue): \(finding.count) in \(finding.documents) documents, first at "
                    + (finding.places.first ?? ""))
        }
        if unread > 0 { lines.append("could not be read: \(unread), such as \(unreadExamples.first?.file ?? "")") }
        return lines.joined(separator: "\n")
    }
}
