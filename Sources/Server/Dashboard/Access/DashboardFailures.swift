internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Turns every error into a page that says it, or into a sentence for what is no browser.
struct DashboardFailures: RouterMiddleware {
    let renderer: PageRenderer

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let failure = Self.failure(error, context)
            let wantsPage = request.headers[.accept]?.contains("text/html") == true
            if failure.status == .unauthorized, wantsPage {
                return .redirect(to: "/login?next=" + FormBody.encoded(request.uri.string), type: .normal)
            }
            guard wantsPage else { return .failure(failure, requestID: context.requestID) }
            let page = Page(
                "failure", title: failure.status == .notFound ? "Not found" : "That did not work",
                model: [
                    "sentence": .string(failure.message), "code": .string(failure.code),
                    "back": .string(Self.back(request)),
                ])
            var response = renderer.response(page, browser: context.browser, path: "")
            response.status = failure.status
            for field in failure.headers { response.headers[field.name] = field.value }
            return response
        }
    }

    private static func failure(_ error: any Error, _ context: ServerContext) -> RequestFailure {
        switch error {
        case let failure as RequestFailure: return failure
        case is CancellationError: return .stopping
        case let error as any HTTPResponseError where error.status.code < 500:
            return RequestFailure(
                error.status, code: "bad_request", "The request cannot be answered: \(error.status.reasonPhrase).")
        case let error as any DescribedError:
            // Files of the project's owner, said to the project's owner.
            return RequestFailure(.unprocessableContent, code: "refused", error.message)
        default:
            context.logger.error("request failed", metadata: ["error": "\(String(reflecting: type(of: error)))"])
            return .internal(requestID: context.requestID)
        }
    }

    /// Where the person came from: of a form its page.
    private static func back(_ request: Request) -> String {
        let referrer = HTTPField.Name("referer").flatMap { request.headers[$0] } ?? ""
        guard let authority = request.head.authority,
            let range = referrer.firstRange(of: "://\(authority)/")
        else { return "/" }
        return "/" + referrer[range.upperBound...]
    }
}
