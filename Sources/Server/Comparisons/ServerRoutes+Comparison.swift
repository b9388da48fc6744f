internal import Base
internal import Engineer
internal import Hummingbird
internal import RAG
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A release whose answers can be shown beside another one's.
struct ComparedRelease: Sendable {
    let number: Int
    let service: any QueryService
}

extension ServerRoutes {
    /// `POST /v1/compare`: two answers to a question, or which of two was better.
    func compare(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard let feedback else {
            throw RequestFailure(
                .notFound, code: "no_feedback", "This service keeps nothing that is said of its answers.")
        }
        var object = try await request.jsonObject(maximumBytes: options.maximumBodyBytes)
        let rater = try Self.rater(&object, context)
        let now = time.now().timeIntervalSince1970
        if let id = object["comparison"] {
            return try await decide(object, id, feedback, rater, now)
        }
        let question = try query(object, context)
        let releases = comparable()
        guard releases.count == 2 else {
            throw RequestFailure(
                .conflict, code: "nothing_to_compare",
                "One release answers here. Promote another one with --stage shadow or --stage canary, and both can be compared."
            )
        }
        // The lot decides which is shown first, and nobody is told which is which.
        let shown = Bool.random() ? releases : releases.reversed()
        let answers = try await forwarding {
            async let first = shown[0].service.answer(question)
            async let second = shown[1].service.answer(question)
            return try await [first, second]
        }
        // Who sees documents here is in the audit log as elsewhere.
        context.notes?.asked(question)
        context.notes?.found(answers.flatMap(\.passages))
        let id = try await feedback.desk.begin(
            first: shown[0].number, second: shown[1].number, question: question.text, for: rater, at: now)
        return .json(["comparison": .string(id), "answers": .array(answers.map { Self.blind(CitedAnswer($0)) })])
    }

    private func query(_ object: [String: JSONValue], _ context: ServerContext) throws -> Query {
        var query = try QuestionRequest(object, fields: .compare, options: options).query
        query.groups = groups(context)
        return query
    }

    private func decide(
        _ object: [String: JSONValue], _ id: JSONValue, _ feedback: FeedbackBox, _ rater: FeedbackDesk.Rater,
        _ now: Double
    ) async throws -> Response {
        if let stranger = object.keys.sorted().first(where: { !["comparison", "preferred"].contains($0) }) {
            throw RequestFailure.invalid(
                "Unknown field \"\(stranger.beginning(100))\"; with \"comparison\" there is only \"preferred\".")
        }
        guard let outcome = object["preferred"]?.string.flatMap(PreferenceOutcome.init) else {
            throw RequestFailure.invalid("\"preferred\" is \"first\", \"second\" or \"tie\".")
        }
        do {
            let counts = try await feedback.desk.decide(id.string ?? "", outcome, by: rater, at: now)
            return .json(["kept": true, "counts": .bool(counts)])
        } catch let error as EngineerError {
            throw RequestFailure(.conflict, code: "not_open", error.message)
        }
    }

    /// An answer without what would tell whose it is: scores and numbers of passages differ from release to release.
    private static func blind(_ answer: CitedAnswer) -> JSONValue {
        [
            "answer": .string(answer.spokenText), "abstained": .bool(answer.answer.abstained),
            "sources": .array(
                answer.citations.compactMap { citation in
                    citation.passage.map { place in
                        let passage = answer.answer.passages[place]
                        return [
                            "number": .integer(citation.number), "title": .string(passage.title),
                            "document": .string(passage.document.rawValue), "text": .string(passage.text),
                        ]
                    }
                }),
        ]
    }
}
