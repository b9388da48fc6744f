internal import Base
internal import Engineer
internal import Hummingbird
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where what people say of answers goes.
struct FeedbackBox: Sendable {
    let desk: FeedbackDesk
    let answers = RecentAnswers()
}

extension ServerRoutes {
    /// The longest name by which a program tells its users apart.
    private static let longestRater = 200

    /// `POST /v1/feedback`.
    func takeFeedback(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard let feedback else {
            throw RequestFailure(
                .notFound, code: "no_feedback", "This service keeps nothing that is said of its answers.")
        }
        var object = try await request.jsonObject(maximumBytes: options.maximumBodyBytes)
        let rater = try Self.rater(&object, context)
        let input: FeedbackInput
        do { input = try FeedbackInput(object) } catch { throw RequestFailure.invalid(error.message) }
        let given = feedback.answers.answer(input.answer)
        let rows = try await feedback.desk.take(
            input, of: given, from: rater,
            way: request.headers[.origin] == nil ? .api : .page, at: time.now().timeIntervalSince1970)
        return .json([
            "kept": .integer(rows.count), "known": .bool(given != nil), "counts": .bool(rows.allSatisfy(\.counts)),
        ])
    }

    /// Who says something: an address, and whom a program says that it is.
    static func rater(
        _ object: inout [String: JSONValue], _ context: ServerContext
    ) throws -> FeedbackDesk.Rater {
        let name = object.removeValue(forKey: "rater") ?? .null
        guard name == .null || name.string.map({ $0.unicodeScalars.count <= longestRater }) == true else {
            throw RequestFailure.invalid("\"rater\" must be a string of at most \(longestRater) characters.")
        }
        // Who has a key is known by it, wherever they ask from.
        let key = context.principal?.key
        return FeedbackDesk.Rater(source: key.map { "key " + $0.id } ?? context.client, name: name.string)
    }

    /// Remembers an answer for what will be said of it.
    func remember(_ answer: Answer, to question: Query, _ context: ServerContext) {
        guard let feedback, let id = context.requestID else { return }
        feedback.answers.remember(
            .init(
                release: ReleaseOfRequest.current?.release.number ?? service.summary["release"]?.integer,
                question: question.text,
                text: CitedAnswer(answer).spokenText),
            as: id)
    }
}
