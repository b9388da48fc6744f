internal import Base
internal import Hummingbird
internal import RAG
internal import Retrieval

/// The paths of the test mode, in the form that rag-redteam and raginject speak.
struct TestRoutes: Sendable {
    static let paths: Set<String> = ["/ask", "/documents", "/reset"]

    let desk: TestDesk
    let options: ServerOptions

    /// The routes behind the same middleware as those of the release, but for its list of paths.
    var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.addMiddleware {
            SecurityHeadersMiddleware()
            FailureMiddleware()
            HostMiddleware(options: options)
            AccessMiddleware(token: options.token, groups: nil, control: nil, time: .system, release: nil)
        }
        router.post("/ask") { request, _ in try await ask(request) }
        router.post("/documents") { request, _ in try await add(request) }
        router.post("/reset") { _, _ in
            await desk.reset()
            return Response.json(["added": 0])
        }
        return router
    }

    /// `{"query"}`, `{"question"}`, and documents for this question alone in `context`.
    private func ask(_ request: Request) async throws -> Response {
        let object = try await request.jsonObject(maximumBytes: options.maximumBodyBytes)
        guard let text = (object["query"] ?? object["question"])?.string, !text.allSatisfy(\.isWhitespace),
            text.unicodeScalars.count <= options.maximumQuestionCharacters
        else { throw RequestFailure.invalid("\"query\" must be a question.") }
        let context = (object["context"]?.array ?? []).compactMap(\.string)
        let service = try await desk.current(context: context)
        let answer: Answer
        do {
            answer = try await service.answer(Query(text, limit: options.defaultPassages))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ServiceFailure(cause: error)
        }
        let sources = answer.passages.map(\.document.rawValue)
        let cited = CitedAnswer(answer)
        // Said as people say it: programs that look for a refusal know those words.
        let refusal = "There is no answer to this in the documents."
        return .json([
            "answer": .string(answer.abstained ? "\(refusal) \(answer.reason ?? "")" : cited.text),
            "abstained": .bool(answer.abstained),
            "sources": .array(sources.map { .string($0) }),
        ])
    }

    /// `{"documents": ["text", …]}`, or objects with `text` and, for a name of one's own, `id`.
    private func add(_ request: Request) async throws -> Response {
        let object = try await request.jsonObject(maximumBytes: max(options.maximumBodyBytes, TestMode.limits.bytes))
        guard let documents = object["documents"]?.array, !documents.isEmpty else {
            throw RequestFailure.invalid("\"documents\" must be a list of texts.")
        }
        let texts = try documents.map { document -> (id: String?, text: String) in
            guard let text = document.string ?? document["text"]?.string else {
                throw RequestFailure.invalid("Each of \"documents\" must be a text, or an object with \"text\".")
            }
            return (document["id"]?.string.map { String($0.beginning(200)) }, text)
        }
        return .json(["added": .integer(try await desk.add(texts))])
    }
}
