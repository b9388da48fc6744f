internal import Base
internal import Engineer
internal import HTTPTypes

/// An answer that was not kept, as the person gave it.
struct RefusedReply: Sendable {
    let sentence: String
    /// The id of the question that it was for.
    let question: String
    let text: String
}

extension DashboardPages {
    /// The interview as a chat: what was said, the next question, and how much is known of each topic.
    func interview(
        _ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody, _ visitor: Visitor,
        refused: RefusedReply? = nil
    ) async throws -> Page {
        let project = try reader.project()
        let documents = surveys.look(at: project, reader.found)
        let interview = try await reader.interview(project, survey: documents.survey, now: time.now())
        let here = "/p/\(view.found.id)/interview"
        let asked = refused?.question ?? query.filled("again")
        let step = try Self.step(interview, documents, again: asked, isRefused: refused != nil)
        let turns = Self.turns(interview, here)
        let known = interview.coverage
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "interview"), "next": .string(here),
            "documents": documents.model, "turns": .array(turns.suffix(3)),
            "older": .array(turns.dropLast(3)),
            "olderCount": .string(
                turns.count == 4 ? "1 earlier answer" : "\(turns.count - 3) earlier answers"),
            "hasOlder": .bool(turns.count > 3), "anyTurns": .bool(!turns.isEmpty),
            "unused": .array(Self.unused(interview)), "anyUnused": .bool(!Self.unused(interview).isEmpty),
            "form": try step.map { try Self.form($0, interview, here, visitor, refused) } ?? .null,
            "isRefused": .bool(refused != nil), "refusal": .string(refused?.sentence ?? ""),
            // Words that belong to no question any more.
            "lost": .string(refused.map { step?.question.id == $0.question ? "" : $0.text } ?? ""),
            "isKept": .bool(query["kept"] != nil), "isLeft": .bool(query["left"] != nil),
            "waitsForDocuments": .bool(step == nil && documents.isReading),
            "isComplete": .bool(step == nil && !documents.isReading),
            "open": .array(
                interview.open.compactMap { id in
                    interview.questionnaire.questions.first { $0.id == id }
                }.map { ["asked": .string(interview.step($0).asked), "again": .string("\(here)?again=\($0.id)")] }),
            "anyOpen": .bool(!interview.open.isEmpty), "hasRequirements": .bool(hasRequirements(view)),
            "requirements": .string("/p/\(view.found.id)/requirements"),
            "command": .string("neo spec draft \(Self.quoted(view.found.folder))"),
            "topics": .array(known.map(Self.topic)),
            "answered": .string(String(known.reduce(0) { $0 + $1.answered })),
            "askedCount": .string(String(known.reduce(0) { $0 + $1.asked })),
        ]
        return Page(
            "interview", title: "Interview", crumbs: Self.crumbs(view), model: model,
            live: ["interviewdocuments", "interviewtalk", "interviewform", "interviewtopics"], project: view.found.id)
    }

    private func hasRequirements(_ view: ProjectOverview) -> Bool {
        view.documents.contains { $0.kind == .requirements }
    }

    /// A name as a shell takes it.
    static func quoted(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-".unicodeScalars.contains($0)
        }
        return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }

    /// What is asked on the page: what the person chose to answer again, else the next question.
    private static func step(
        _ interview: Interview, _ documents: SurveyDesk.Standing, again id: String?, isRefused: Bool
    ) throws -> Interview.Step? {
        if let id {
            if let question = interview.questionnaire.questions.first(where: { $0.id == id }),
                interview.applies(question)
            {
                return interview.step(question, conflict: interview.conflicts.first { $0.questions.contains(id) })
            }
            guard isRefused else { throw missing }
        }
        return documents.isReading ? interview.nextBeforeDocuments : interview.next
    }

    private static func topic(_ topic: Interview.TopicCoverage) -> JSONValue {
        let (sign, look): (String, String) =
            switch topic.coverage {
            case .clear: ("✓", "good")
            case .partial: ("◐", "warn")
            case .missing: ("○", "calm")
            }
        return [
            "title": .string(topic.topic.title),
            "state": ["sign": .string(sign), "look": .string(look), "name": .string(topic.coverage.rawValue)],
            "count": .string(topic.asked == 0 ? "nothing to ask" : "\(topic.answered) of \(topic.asked)"),
        ]
    }
}

extension SurveyDesk.Standing {
    /// What was found, where that is known.
    var survey: DocumentSurvey? { if case .known(let survey) = self { survey } else { nil } }

    /// Whether something may be found yet.
    var isReading: Bool { if case .reading = self { true } else { false } }

    fileprivate var model: JSONValue {
        var lines: [String] = []
        var reason = ""
        switch self {
        case .reading: break
        case .known(let survey): lines = survey.text.split(separator: "\n").map(String.init)
        case .unreadable(let sentence): reason = sentence
        }
        return [
            "isReading": .bool(isReading), "isKnown": .bool(survey != nil), "reason": .string(reason),
            "count": .string(
                survey?.documents == 1
                    ? "1 document was" : "\(PageWords.count(survey?.documents ?? 0)) documents were"),
            "lines": .array(lines.map { .string($0) }),
        ]
    }
}
