import Base
import HTTPTypes
import Testing

@testable import Server

@Suite struct RequestFailureTests {
    @Test(
        "A body that is not JSON is refused with the place",
        arguments: [
            ("{\"query\": \"a\"\n \"k\": 3}", "line 2, column 2"), ("{\"query\": tru}", "line 1, column 11"),
            ("{\"query\": \"a\"} x", "line 1, column 16"), ("{'query': 'a'}", "line 1, column 2"),
            ("", "empty"), ("{\"query\": \"a", "a quote that ends the string"),
        ])
    func malformed(_ body: String, _ place: String) async throws {
        let reply = try await ServerFixture().post("/v1/answer", body)
        #expect(reply.status == 400)
        #expect(reply.errorCode == "malformed_json")
        #expect(reply.errorMessage?.contains(place) == true, "\(reply.text)")
    }

    @Test(
        "A field that is unknown or unusable is refused by name",
        arguments: [
            ("/v1/retrieve", #"{"quary": "a"}"#, "did you mean \"query\"?"),
            ("/v1/retrieve", #"{"query": "a", "zzzzzzzzz": 1}"#, "the fields are query, k, limit, filter"),
            ("/v1/retrieve", #"{"question": "a"}"#, "Unknown field \"question\""),
            ("/v1/retrieve", #"{}"#, "\"query\" is missing"),
            ("/v1/answer", #"{}"#, "\"query\" or \"question\" is missing"),
            ("/v1/answer", #"{"query": "a", "question": "a"}"#, "not both"),
            ("/v1/run", #"{"query": "a", "k": 1}"#, "\"k\""),
            ("/v1/run", #"{"query": "a", "result_column": 1}"#, "\"result_column\" must be a string"),
            ("/v1/answer", #"{"query": 1}"#, "must be a string"), ("/v1/answer", #"{"query": " \n"}"#, "is empty"),
            ("/v1/answer", #"{"query": "a", "k": 0}"#, "from 1 to 100"),
            ("/v1/answer", #"{"query": "a", "k": 101}"#, "from 1 to 100"),
            ("/v1/answer", #"{"query": "a", "k": 1.5}"#, "from 1 to 100"),
            ("/v1/answer", #"{"query": "a", "k": "3"}"#, "from 1 to 100"),
            ("/v1/answer", #"{"query": "a", "k": 1, "limit": 2}"#, "differ"),
            ("/v1/answer", #"{"query": "a", "filter": []}"#, "\"filter\" must be an object"),
            ("/v1/answer", #"{"query": "a", "filter": {"x": [1]}}"#, "The filter \"x\""),
            ("/v1/answer", #"["a"]"#, "no object"),
        ])
    func invalid(_ path: String, _ body: String, _ message: String) async throws {
        let fixture = ServerFixture()
        let reply = try await fixture.post(path, body)
        #expect(reply.status == 422)
        #expect(reply.errorCode == "invalid_field")
        #expect(reply.errorMessage?.contains(message) == true, "\(reply.text)")
        #expect(fixture.service.queries.isEmpty)
    }

    @Test("A question longer than allowed is refused, one of the greatest length is not")
    func questionLength() async throws {
        let fixture = ServerFixture(options: ServerOptions(maximumQuestionCharacters: 5, verbosity: .errors))
        #expect(try await fixture.post("/v1/answer", #"{"query": "fünf!"}"#).status == 200)
        let reply = try await fixture.post("/v1/answer", #"{"query": "sechs!"}"#)
        #expect(reply.status == 422)
        #expect(reply.errorMessage?.contains("6 characters") == true)
    }

    @Test("A body larger than allowed is refused")
    func bodySize() async throws {
        let fixture = ServerFixture(options: ServerOptions(maximumBodyBytes: 100, verbosity: .errors))
        let reply = try await fixture.post("/v1/answer", "{\"query\": \"\(String(repeating: "a", count: 100))\"}")
        #expect(reply.status == 413)
        #expect(reply.errorCode == "too_large")
    }

    @Test("A body of another type is refused", arguments: ["text/plain", "application/x-www-form-urlencoded", nil])
    func mediaType(_ type: String?) async throws {
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        let reply = try await ServerFixture().send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: headers)
        #expect(reply.status == 415)
        #expect(reply.errorCode == "unsupported_media_type")
    }

    @Test("JSON may come with a character set")
    func charset() async throws {
        let headers: HTTPFields = [.contentType: "Application/JSON; charset=utf-8"]
        #expect(
            try await ServerFixture().send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: headers).status
                == 200)
    }

    @Test("A path that is not there is not found")
    func notFound() async throws {
        let reply = try await ServerFixture().send(.get, "/v2/answer")
        #expect(reply.status == 404)
        #expect(reply.errorCode == "not_found")
    }

    @Test(
        "A method that a path does not take is refused, with those that it takes",
        arguments: [
            ("/v1/answer", "GET", "POST"), ("/v1/answer/", "DELETE", "POST"), ("/", "POST", "GET, HEAD"),
            ("/metrics", "PUT", "GET, HEAD"), ("/v1/run", "OPTIONS", "POST"),
        ])
    func method(_ path: String, _ method: String, _ allow: String) async throws {
        let method = try #require(HTTPRequest.Method(rawValue: method))
        let reply = try await ServerFixture().send(method, path)
        #expect(reply.status == 405)
        #expect(reply.errorCode == "method_not_allowed")
        #expect(reply.headers[.allow] == allow)
    }
}
