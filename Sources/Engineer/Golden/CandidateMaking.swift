internal import Retrieval

/// All questions that the templates make of some documents.
struct CandidateMaking {
    let materials: [PassageMaterial]
    let search: PassageSearch
    private let words: QuestionWords

    init(_ documents: [Document]) {
        materials = documents.map { PassageMaterial($0) }
        search = PassageSearch(materials)
        var vocabulary = CorpusVocabulary()
        var names = CorpusNames()
        for (number, material) in materials.enumerated() {
            for sentence in material.sentences {
                vocabulary.add(sentence.words.map { $0.trimming { !$0.isLetter && !$0.isNumber } })
            }
            names.add(material, number: number)
        }
        words = QuestionWords(vocabulary: vocabulary, names: names)
    }

    /// The candidates, each question once. A question to which two places give different answers is left out.
    func candidates() throws -> [QuestionCandidate] {
        var all: [QuestionCandidate] = []
        var defined: [(name: String, document: String, line: Int)] = []
        for (number, material) in materials.enumerated() {
            try Task.checkCancellation()
            let first = search.starts[number]
            func add(_ draft: QuestionDraft, _ quote: String, _ line: Int, _ section: Int) {
                guard let question = Self.finished(draft.question) else { return }
                all.append(
                    QuestionCandidate(
                        kind: draft.kind, question: question, answer: draft.answer, document: material.document,
                        quote: quote, line: line, section: first + section, why: draft.why, quality: draft.quality))
                if draft.kind == .definition, draft.quality >= 1.5, question.hasPrefix("What") {
                    // Behind "What is".
                    let name = question.dropFirst(5).drop { !$0.isWhitespace }.dropFirst().dropLast()
                    defined.append((String(name), material.document, line))
                }
            }
            for sentence in material.sentences {
                for template in QuestionTemplates.all {
                    guard let draft = template.draft(sentence, in: material, words) else { continue }
                    add(draft, sentence.quote, sentence.line, sentence.section)
                    break
                }
            }
            for row in material.rows {
                for draft in TableTemplate.drafts(row, words) { add(draft, row.quote, row.line, row.section) }
            }
        }
        all += UnansweredTemplate.candidates(defined, search)
        let byQuestion = Dictionary(grouping: all) { $0.question.lowercased() }
        return all.filter { candidate in
            let same = byQuestion[candidate.question.lowercased()] ?? []
            return same[0] == candidate && same.allSatisfy { $0.answer == candidate.answer }
        }
    }

    /// With a capital at the beginning; nil where it is none that can be shown.
    private static func finished(_ question: String) -> String? {
        let whole = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let text = (whole.first?.uppercased() ?? "") + whole.dropFirst()
        return QuestionTemplates.isWellFormed(text) ? text : nil
    }
}
