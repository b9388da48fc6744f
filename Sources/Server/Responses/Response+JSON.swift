internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// A JSON value.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        text(value.canonicalText, type: "application/json; charset=utf-8", status: status, headers: headers)
    }

    /// A text.
    static func text(
        _ text: String, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A request that failed.
    static func failure(_ failure: RequestFailure, form: ErrorForm = .neo, requestID: String? = nil) -> Response {
        json(form.body(failure, requestID: requestID), status: failure.status, headers: failure.headers)
    }
}
