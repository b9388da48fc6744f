/// Which level a reader seems to have, from what they were seen to do: naive Bayes over a few signs.
///
/// P(level | signs) ∝ P(level) × Π P(sign | level)^min(n, 3). The figures are judgements and were not measured. A sign counts
/// three times at most, as what somebody does again says less than what they did first. It is a guess that decides what is open
/// first, and nothing else: practitioner, unless another level has 60 of 100.
package struct ReaderEstimate: Sendable, Hashable, Codable {
    /// What a reader can be seen to do.
    package enum Sign: String, Sendable, Hashable, Codable, CaseIterable {
        /// A study or a question of one was opened.
        case openedStudy
        /// SQL, or curves of runs.
        case openedData
        case openedCosts
        /// A text for another level than the one that was open.
        case unfoldedNewcomer, unfoldedPractitioner, unfoldedExpert
        /// At least two words of the field in something they wrote.
        case wroteTerms
        /// They asked what something is or means.
        case askedMeaning
        /// "I don't know" in the interview.
        case didNotKnow

        /// How often it is seen of a reader of each level, as likelihoods.
        var likelihoods: (newcomer: Double, practitioner: Double, expert: Double) {
            switch self {
            case .openedStudy: (0.2, 0.4, 0.5)
            case .openedData: (0.05, 0.2, 0.4)
            case .openedCosts: (0.2, 0.3, 0.35)
            case .unfoldedNewcomer: (0.6, 0.2, 0.05)
            case .unfoldedPractitioner: (0.2, 0.5, 0.3)
            case .unfoldedExpert: (0.05, 0.25, 0.7)
            case .wroteTerms: (0.05, 0.3, 0.6)
            case .askedMeaning: (0.5, 0.15, 0.05)
            case .didNotKnow: (0.4, 0.2, 0.1)
            }
        }

        /// The sign of an unfolded text.
        package static func unfolded(_ level: ReaderLevel) -> Sign {
            switch level {
            case .newcomer: .unfoldedNewcomer
            case .practitioner: .unfoldedPractitioner
            case .expert: .unfoldedExpert
            }
        }
    }

    /// More of the same sign say nothing new.
    static let most = 3
    /// What another level than practitioner must have.
    static let needed = 0.6

    /// How often each sign was seen, by its name.
    private var seen: [String: Int] = [:]

    /// Nothing was seen yet.
    package init() {}

    /// The signs that were seen, with how often.
    package var signs: [(sign: Sign, count: Int)] {
        Sign.allCases.compactMap { sign in seen[sign.rawValue].map { (sign, $0) } }
    }

    /// Notes a sign.
    package mutating func note(_ sign: Sign) { seen[sign.rawValue] = min(1_000_000, (seen[sign.rawValue] ?? 0) + 1) }

    /// How likely each level is; they sum to 1.
    package var posterior: [ReaderLevel: Double] {
        var (newcomer, practitioner, expert) = (0.25, 0.5, 0.25)
        for (sign, count) in signs {
            for _ in 0..<max(0, min(count, Self.most)) {
                newcomer *= sign.likelihoods.newcomer
                practitioner *= sign.likelihoods.practitioner
                expert *= sign.likelihoods.expert
            }
        }
        let sum = newcomer + practitioner + expert
        return [.newcomer: newcomer / sum, .practitioner: practitioner / sum, .expert: expert / sum]
    }

    /// The level that it comes to.
    package var level: ReaderLevel {
        let posterior = posterior
        return [ReaderLevel.newcomer, .expert].first { posterior[$0, default: 0] >= Self.needed } ?? .practitioner
    }
}
