internal import Base
internal import RAG
internal import Retrieval

/// Keeps of the questions that a model wrote those that a golden set can use.
///
/// In order: the form; answerability (the quote stands in the passage letter by letter or up to case and marks, and holds the
/// words of the answer); non-copying (no run of words as in the passage, `longestRun`, and not mostly its pairs of words);
/// uniqueness (no other part of the documents has all words of the answer and the question's subject); difficulty (a search
/// for its words finds the part among the first hundred, so that it is about it at all). The place is kept: 1 is easy.
struct WrittenQuestionFilter: Sendable {
    /// Why a question is left out.
    struct Reason: Error, Hashable {
        let words: String
        init(_ words: String) { self.words = words }
    }

    /// A part of a document that a question is asked about.
    struct Passage: Sendable {
        var document: String
        var text: String
        var section: Int
    }

    /// So many words of the question may stand in the passage in one row.
    private static let longestRun = 6
    private static let copiedPairs = 0.6
    private static let supportedShare = 0.5
    private static let shortest = 200
    /// Models of this machine read some thousand tokens.
    private static let longest = 4_000
    private static let banned = [
        "passage", "the text", "the document", "the article", "the section", "according to the",
    ]

    private let search: PassageSearch
    private let all: [Passage]
    private let analyzer = Analyzer.forQuestions()

    init(_ materials: [PassageMaterial]) {
        search = PassageSearch(materials)
        var all: [Passage] = []
        for (number, material) in materials.enumerated() {
            for (place, text) in material.sections.enumerated() {
                all.append(
                    Passage(
                        document: material.document, text: Self.shortened(text), section: search.starts[number] + place)
                )
            }
        }
        self.all = all
    }

    /// The passages that are long enough to ask about, document by document in turn, by the seed.
    func passages(seed: UInt64) -> [Passage] {
        var random = SplitMix64(seed: seed, stream: "golden passages")
        let usable = all.filter { $0.text.utf8.count >= Self.shortest }.shuffled(using: &random)
        var turns: [String: Int] = [:]
        let ordered = usable.enumerated().map { offset, passage in
            defer { turns[passage.document, default: 0] += 1 }
            return (turn: turns[passage.document, default: 0], offset: offset, passage: passage)
        }
        return ordered.sorted { ($0.turn, $0.offset) < ($1.turn, $1.offset) }.map(\.passage)
    }

    /// The parts that a search for a question finds first.
    func nearest(to question: String) -> [String] { search.first(for: question, limit: 3).map { all[$0].text } }

    /// A long part up to the end of a line.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        let head = text.utf8Slice(0..<longest)
        return head.lastIndex(of: "\n").map { String(head[..<$0]) } ?? head
    }

    /// The candidate that a written question is; its line is not known yet.
    func candidate(
        _ written: QuestionWriter.Written, from passage: Passage
    ) async throws(Reason) -> QuestionCandidate {
        let question = written.question
        let isHostile = question.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        guard (12...200).contains(question.count), question.hasSuffix("?") || question.hasSuffix("？"), !isHostile else {
            throw Reason("no question")
        }
        let lower = question.lowercased()
        guard !Self.banned.contains(where: { lower.contains($0) }) else { throw Reason("about the passage itself") }
        try checkCopying(question, passage.text)
        guard written.isAnswerable else {
            return QuestionCandidate(
                kind: .unanswerable, question: question, answer: nil, document: passage.document, quote: "",
                line: 1, section: passage.section,
                why: "A model asks on from a part of \(passage.document).", quality: 1)
        }
        let part = Document(id: DocumentID(passage.document), title: "", text: passage.text, blocks: [])
        let places = await EvidenceResolver(documents: [part]).ranges(of: written.quote, in: passage.document)
        guard (1...500).contains(written.answer.count), let range = places.first else {
            throw Reason("without its quote in the passage")
        }
        let quote = passage.text.utf8Slice(range)
        let wanted = Set(analyzer.terms(of: written.answer))
        let held = Set(analyzer.terms(of: quote))
        guard wanted.isEmpty || Double(wanted.intersection(held).count) >= Self.supportedShare * Double(wanted.count)
        else {
            throw Reason("with an answer that its quote does not hold")
        }
        let others = search.sections(holding: question + " " + written.answer).filter { $0 != passage.section }
        guard others.isEmpty else { throw Reason("answered in several places") }
        guard let rank = search.rank(of: passage.section, for: question) else { throw Reason("not about its passage") }
        return QuestionCandidate(
            kind: .written, question: question, answer: written.answer, document: passage.document, quote: quote,
            line: 1, section: passage.section,
            why: "A model wrote it; the quote stands in the passage and holds the answer.", quality: rank > 1 ? 2 : 1,
            rank: rank)
    }

    private func checkCopying(_ question: String, _ passage: String) throws(Reason) {
        func words(_ text: String) -> [String] {
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        let (own, theirs) = (words(question), words(passage))
        func runs(_ words: [String], _ length: Int) -> Set<String> {
            guard words.count >= length else { return [] }
            return Set((0...words.count - length).map { words[$0..<$0 + length].joined(separator: " ") })
        }
        guard runs(own, Self.longestRun).isDisjoint(with: runs(theirs, Self.longestRun)) else {
            throw Reason("copied from the passage")
        }
        let pairs = runs(own, 2)
        let copied = Double(pairs.intersection(runs(theirs, 2)).count)
        guard pairs.isEmpty || copied <= Self.copiedPairs * Double(pairs.count) else {
            throw Reason("copied from the passage")
        }
    }
}
