/// How much a reader knows of the matter. It decides which text is open first, and hides none.
package enum ReaderLevel: String, Sendable, Hashable, Codable, CaseIterable {
    case newcomer, practitioner, expert

    /// The level as a person says it of themselves.
    package var title: String {
        switch self {
        case .newcomer: "new to this"
        case .practitioner: "practitioner"
        case .expert: "expert"
        }
    }

    /// The heading, of level 4, of what a document says for it.
    package var heading: String {
        switch self {
        case .newcomer: "New to this"
        case .practitioner: "For practitioners"
        case .expert: "For experts"
        }
    }

    /// The level of a heading of a document; nil for any other heading.
    package init?(heading text: String) {
        guard let level = Self.allCases.first(where: { $0.heading == text }) else { return nil }
        self = level
    }

    /// What is opened for this reader where not all levels are there: their own, else the next simpler one, else the first.
    package func nearest(of levels: [ReaderLevel]) -> ReaderLevel? {
        let simpler = Self.allCases.prefix { $0 != self }.reversed()
        return ([self] + simpler + Self.allCases).first { levels.contains($0) }
    }
}
