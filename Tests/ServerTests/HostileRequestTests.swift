import Base
import HTTPTypes
import Testing

@testable import Server

/// Requests that want to cost more than they are worth.
@Suite struct HostileRequestTests {
    @Test(
        "Nesting that no request needs is refused before anything is decoded",
        arguments: [("[", "1", "]"), ("{\"a\":", "1", "}")])
    func nesting(open: String, core: String, close: String) async throws {
        func body(_ depth: Int) -> String {
            let value = String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
            return "{\"query\": \"a\", \"filter\": {\"x\": \(value)}}"
        }
        let fixture = ServerFixture()
        #expect(try await fixture.post("/v1/answer", body(1)).errorCode == "invalid_field")
        let reply = try await fixture.post("/v1/answer", body(2))
        #expect(reply.status == 400)
        #expect(reply.errorMessage?.contains("no more than 3 levels") == true, "\(reply.text)")
    }

    @Test(
        "What is repeated of a request stays short, also where one character has many accents",
        arguments: [
            "{\"\(accents)\": 1}", "{\"query\": \"a\", \"filter\": {\"\(accents)\": []}}",
            "{\"\(String(repeating: "q", count: 100_000))\": 1}",
        ])
    func echo(body: String) async throws {
        let reply = try await ServerFixture().post("/v1/retrieve", body)
        #expect(reply.status == 422)
        #expect(reply.text.utf8.count < 1000)
    }

    @Test("So does the type of a body")
    func typeEcho() async throws {
        let reply = try await ServerFixture().send(
            .post, "/v1/answer", body: "{}", headers: [.contentType: "text/" + Self.accents])
        #expect(reply.status == 415)
        #expect(reply.text.utf8.count < 1000)
    }

    @Test("A filter has a largest number of conditions")
    func conditions() async throws {
        func filter(_ count: Int) -> String {
            let conditions = (0..<count).map { "\"k\($0)\": 1" }.joined(separator: ", ")
            return "{\"query\": \"a\", \"filter\": {\(conditions)}}"
        }
        #expect(try await ServerFixture().post("/v1/answer", filter(100)).status == 200)
        let reply = try await ServerFixture().post("/v1/answer", filter(101))
        #expect(reply.status == 422)
        #expect(reply.errorMessage?.contains("101 conditions") == true)
    }

    @Test("A body that is packed or is not quite JSON's type is refused", arguments: ["gzip", "br", "gzip, identity"])
    func encoding(_ encoding: String) async throws {
        let reply = try await ServerFixture().send(
            .post, "/v1/answer", body: "{}",
            headers: [.contentType: "application/json", .contentEncoding: encoding])
        #expect(reply.status == 415)
        #expect(reply.errorMessage?.contains("Content-Encoding") == true)
        let type = try await ServerFixture().send(
            .post, "/v1/answer", body: "{}", headers: [.contentType: "appli cation/json"])
        #expect(type.status == 415)
    }

    @Test(
        "A path has one spelling: no other reaches a route past its token, its limit and its count",
        arguments: [
            "//healthz", "//version", "/version//", "//v1//answer", "/%76ersion", "/version%00", "/../version",
            "/./version", "/VERSION", "/version;x",
        ])
    func spelling(_ path: String) async throws {
        let reply = try await ServerFixture().send(.get, path)
        #expect(reply.status == 404)
        #expect(reply.errorCode == "not_found")
        let locked = ServerFixture(options: ServerOptions(token: Secret("x"), verbosity: .errors))
        #expect(try await locked.send(.get, path).status == 401)
    }

    @Test(
        "Bytes and numbers that are no JSON are refused, not guessed",
        arguments: [
            (#"{"query": "\ud800"}"#, "both halves of a surrogate pair"),
            (#"{"query": "a", "k": 1e400}"#, "a number that is not beyond all measure"),
            ("\u{FEFF}\u{FEFF}{\"query\": \"a\"}", "line 1, column 4"),
        ])
    func unreadable(body: String, sentence: String) async throws {
        let reply = try await ServerFixture().post("/v1/answer", body)
        #expect(reply.status == 400)
        #expect(reply.errorMessage?.contains(sentence) == true, "\(reply.text)")
    }

    private static let accents = "a" + String(repeating: "\u{301}", count: 50_000)
}
