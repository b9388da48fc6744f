/// How strong the best evidence for an answer is.
struct Evidence: Sendable, Hashable {
    /// The best cosine of the question and a sentence; nil without an encoder.
    var similarity: Double?
    /// The greatest share of the question's weight that one passage, with its title and headings, holds.
    var coverage: Double
    /// How many terms the question has.
    var terms: Int

    /// The mean of cosine and coverage, or what there is of them: what answers are held to.
    var strength: Double {
        guard let similarity else { return coverage }
        // A question without words that could be looked for, "what is it?", has its meaning only.
        return terms > 0 ? (max(0, similarity) + coverage) / 2 : similarity
    }

    /// Why it is too weak for an answer, as a sentence; nil where it is strong enough.
    ///
    /// Cosine and coverage fail in different ways, the one at names, the other at synonyms; their mean tells answerable
    /// questions from others better than either does.
    func weakness(_ options: AnswerOptions) -> String? {
        guard let similarity else {
            guard terms > 0 else { return "The question has no word that could be looked for." }
            guard coverage < options.minimumCoverage else { return nil }
            return "\(covered): under \(Self.hundredths(options.minimumCoverage)) is too little without an encoder."
        }
        guard similarity < options.sufficientSimilarity else { return nil }
        guard strength < options.minimumEvidence else { return nil }
        return "\(covered), and its cosine with the closest sentence is \(Self.hundredths(similarity)): their mean, "
            + "\(Self.hundredths(strength)), is under \(Self.hundredths(options.minimumEvidence))."
    }

    private var covered: String {
        "The best passage holds \(Self.hundredths(coverage)) of the question's words, rare ones counting more"
    }

    private static func hundredths(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let fraction = hundredths % 100
        return "\(value < 0 && hundredths > 0 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
