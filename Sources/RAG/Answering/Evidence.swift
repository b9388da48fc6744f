/// How strong the best evidence for an answer is.
struct Evidence: Sendable, Hashable {
    /// The best cosine of the question and a sentence or passage; nil without an encoder.
    var similarity: Double?
    /// The best share of the question's terms in one passage.
    var coverage: Double
    /// How many terms the question has.
    var terms: Int

    /// Why it is too weak for an answer, as a sentence; nil where it is strong enough.
    func weakness(_ options: AnswerOptions) -> String? {
        guard let similarity else {
            guard terms > 0 else { return "The question has no word that could be looked for." }
            return coverage < options.minimumCoverageWithoutEncoder ? uncovered : nil
        }
        guard similarity >= options.minimumSimilarity else {
            return "Nothing in the documents is close to the question: the best cosine is \(Self.digits(similarity)), "
                + "and below \(Self.digits(options.minimumSimilarity)) it is taken for another subject."
        }
        return similarity < options.sufficientSimilarity && coverage < options.minimumCoverage ? uncovered : nil
    }

    private var uncovered: String {
        let found = Int((coverage * Double(terms)).rounded())
        return "The best passage has only \(found) of the \(terms) words that the question turns on."
    }

    private static func digits(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let fraction = hundredths % 100
        return "\(value < 0 && hundredths > 0 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
