internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Request {
    /// No request of our own needs more than three levels of objects and arrays.
    static let usualJSONDepth = 3

    /// The JSON object in the body; every other body is refused with the status that says why.
    func jsonObject(
        maximumBytes: Int, maximumDepth: Int = usualJSONDepth
    ) async throws -> [String: JSONValue] {
        try requireJSON()
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > maximumBytes {
            throw Self.tooLarge(maximumBytes)
        }
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: maximumBytes)
        } catch is NIOTooManyBytesError {
            throw Self.tooLarge(maximumBytes)
        } catch let error as CancellationError {
            throw error
        } catch {
            // The client's fault: chunks that are none, or a connection that broke off.
            throw RequestFailure(.badRequest, code: "bad_request", "The body does not follow HTTP/1.1; send it again.")
        }
        return try Self.object(in: Array(buffer.readableBytesView), maximumDepth: maximumDepth)
    }

    /// JSON must be declared: a web page of another origin cannot send this type without asking first.
    private func requireJSON() throws {
        let type = headers[.contentType] ?? ""
        let essence = type.prefix { $0 != ";" }.trimmed.lowercased()
        guard essence == "application/json" else {
            let given = essence.isEmpty ? "no Content-Type" : "Content-Type \(essence.beginning(80))"
            throw RequestFailure(
                .unsupportedMediaType, code: "unsupported_media_type",
                "The request has \(given); send the header Content-Type: application/json."
            )
        }
        let encoding = headers[.contentEncoding].map { $0.lowercased()[...].trimmed } ?? "identity"
        guard encoding == "identity" else {
            throw RequestFailure(
                .unsupportedMediaType, code: "unsupported_media_type",
                "The body is encoded (\(encoding.beginning(80))); send it without Content-Encoding."
            )
        }
    }

    private static func tooLarge(_ maximum: Int) -> RequestFailure {
        RequestFailure(.contentTooLarge, code: "too_large", "The body is larger than \(maximum) bytes; send less.")
    }

    private static func object(in bytes: [UInt8], maximumDepth: Int) throws -> [String: JSONValue] {
        guard !bytes.isEmpty else {
            throw RequestFailure.malformed("The body is empty; send a JSON object such as {\"query\": \"…\"}.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RequestFailure.malformed("The body is not UTF-8.")
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, maximumDepth: maximumDepth)
        } catch {
            let offset = min(error.offset, bytes.count)
            let line = LineIndex(text).line(at: offset)
            let column = offset - (bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
            throw RequestFailure.malformed(
                "The body is not JSON: expected \(error.expected) at line \(line), column \(column)."
            )
        }
        guard let object = value.object else {
            throw RequestFailure.invalid("The body is JSON but no object; send one such as {\"query\": \"…\"}.")
        }
        return object
    }
}
