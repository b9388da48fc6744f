package import Retrieval

/// Citation recall and citation precision of an answer.
///
/// Recall: the share of statements that their citations, taken together, support. Precision: the share of citations
/// that count, where the statement is supported, and the citation supports it alone or is needed beside the others.
///
/// The measures are ALCE's, but for what "support" means: ALCE asks a model of entailment, and here the cited passages
/// support a statement if they hold half of a piece of the golden evidence, by bytes. A statement beside the question
/// therefore counts as supported where it cites the evidence, and one that is supported by a passage that the golden
/// row does not know does not.
///
/// Source: T. Gao, H. Yen, J. Yu, D. Chen, "Enabling large language models to generate text with citations", EMNLP
/// 2023, section 4.
package struct CitationScore: Sendable, Hashable {
    /// The share of statements that are supported.
    package var recall: Double
    /// The share of citations that count; 0 where nothing is cited.
    package var precision: Double

    /// Scores an answer; nil where it has no statement, or there is no evidence to compare with.
    ///
    /// - Parameters:
    ///   - statements: the passages that each statement cites.
    ///   - evidence: of the outer list any piece will do; of each inner list, too.
    package init?(_ statements: [[EvidenceSpan]], evidence: [[EvidenceSpan]]) {
        let evidence = evidence.filter { !$0.isEmpty }
        guard !statements.isEmpty, !evidence.isEmpty else { return nil }
        var (supported, counting) = (0, 0)
        for cited in statements where Self.support(cited, evidence) {
            supported += 1
            counting += cited.indices.count { index in
                var others = cited
                let citation = others.remove(at: index)
                return Self.support([citation], evidence) || !Self.support(others, evidence)
            }
        }
        let citations = statements.reduce(0) { $0 + $1.count }
        recall = Double(supported) / Double(statements.count)
        precision = citations == 0 ? 0 : Double(counting) / Double(citations)
    }

    private static func support(_ cited: [EvidenceSpan], _ evidence: [[EvidenceSpan]]) -> Bool {
        let chunks = cited.map { Chunk(document: $0.document, range: $0.range, text: "") }
        return EvidenceMetrics(evidence: evidence, ranked: chunks) { _ in TokenIndex([]) }.ranksToFind
            .contains { $0 != nil }
    }
}
