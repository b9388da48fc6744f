package import Base
internal import RAG

/// A question that is proposed for the golden set, and what a person decided of it.
package struct GoldenProposal: Sendable, Hashable, Codable, Identifiable {
    /// What became of it.
    package enum State: String, Sendable, Codable, CaseIterable {
        case open, accepted, edited, rejected
    }

    /// How a decision came.
    package enum Way: String, Sendable, Codable {
        case terminal, browser, command
        /// Nobody looked at it.
        case automated
    }

    /// Who decided.
    package struct Source: Sendable, Hashable, Codable {
        package let name: String
        package let way: Way

        /// A source.
        package init(name: String, way: Way) {
            self.name = name
            self.way = way
        }
    }

    /// A decision.
    package struct Decision: Sendable, Hashable, Codable {
        package let source: Source
        /// When, such as `2026-11-21T10:15:30Z`.
        package let at: String
        /// Why it was rejected.
        package let reason: String?
        /// The row of the golden file that came of it.
        package let row: String?
        /// That row as it was written, so that it can be told whether somebody has changed it since.
        package let text: String?
    }

    /// Where the evidence stands.
    package struct Evidence: Sendable, Hashable, Codable {
        package var document: String
        package var quote: String
        /// The line of the document, from 1.
        package var line: Int
    }

    /// Its name: `g17`.
    package let id: String
    package internal(set) var question: String
    /// Empty where the documents do not answer it.
    package internal(set) var answers: [String]
    package internal(set) var evidence: [Evidence]
    package internal(set) var isAnswerable: Bool
    /// The kind of question, which becomes the row's `type`.
    package internal(set) var type: String
    /// What made it: `template` or `model NAME`.
    package let origin: String
    /// Why it is proposed, or what was looked for: a sentence.
    package let why: String
    /// Where a search for the question's words alone finds the evidence, from 1; nil where not among the first hundred.
    package let rank: Int?
    package internal(set) var state: State
    /// Nil while it is open.
    package internal(set) var decision: Decision?

    /// The golden row, under an id.
    func row(_ id: String) -> GoldenQuestion {
        GoldenQuestion(
            id: id, question: question, answers: answers,
            evidence: evidence.map { [EvidenceQuote(document: $0.document, quote: $0.quote)] },
            isAnswerable: isAnswerable, type: type)
    }

    /// The fields of `neo golden list --json`.
    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "id": .string(id), "question": .string(question), "answers": .array(answers.map { .string($0) }),
            "evidence": .array(
                evidence.map {
                    ["document": .string($0.document), "quote": .string($0.quote), "line": .integer($0.line)]
                }),
            "answerable": .bool(isAnswerable), "type": .string(type), "origin": .string(origin), "why": .string(why),
            "rank": rank.map { .integer($0) } ?? .null, "state": .string(state.rawValue),
        ]
        if let decision {
            fields["decided"] = [
                "by": .string(decision.source.name), "way": .string(decision.source.way.rawValue),
                "at": .string(decision.at), "reason": decision.reason.map { .string($0) } ?? .null,
                "row": decision.row.map { .string($0) } ?? .null,
            ]
        }
        return .object(fields)
    }
}

/// What a person decides of a proposal.
package enum GoldenDecision: Sendable, Hashable {
    /// It becomes a row as it is.
    case accept
    /// It becomes a row with other words.
    case edit(GoldenRevision)
    /// It is not asked again; the reason may be empty.
    case reject(reason: String)
    /// It is open again; a row that came of it is taken out, if nobody has changed it.
    case reopen
}

/// A proposal in a person's words.
package struct GoldenRevision: Sendable, Hashable {
    package var question: String
    package var answers: [String]
    /// Another sentence of the same document; nil leaves it as it is.
    package var quote: String?

    /// A revision.
    package init(question: String, answers: [String], quote: String? = nil) {
        self.question = question
        self.answers = answers
        self.quote = quote
    }
}
