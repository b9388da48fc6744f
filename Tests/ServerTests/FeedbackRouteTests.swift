import Base
import Engineer
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Server

@Suite struct FeedbackRouteTests {
    private static func with(_ body: @Sendable (ServerFixture, ServiceDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try ServiceDatabase(path: folder + "/service.db")
            var fixture = ServerFixture()
            let key = KeyedHash(key: try #require(Secret("key")))
            fixture.feedback = FeedbackBox(desk: FeedbackDesk(database, key: key))
            try await body(fixture, database)
        }
    }

    @Test func `what is said of an answer is kept with its question`() async throws {
        try await Self.with { fixture, database in
            try await fixture.run { client in
                let json: HTTPFields = [.contentType: "application/json"]
                for path in ["/v1/answer", "/v1/chat/completions"] {
                    let body =
                        path == "/v1/answer"
                        ? #"{"query": "Why so?"}"#
                        : #"{"model": "neo", "messages": [{"role": "user", "content": "Why so?"}]}"#
                    let answer = try await client.send(.post, path, body: body, headers: json)
                    let name = try #require(HTTPField.Name("x-request-id"))
                    let header = try #require(answer.headers[name])
                    let id = try answer.json["id"]?.string ?? header
                    let reply = try await client.send(
                        .post, "/v1/feedback",
                        body: #"{"answer": "\#(id)", "rating": "down", "reason": "outdated"}"#, headers: json)
                    let known = try reply.json["known"]?.bool
                    #expect(reply.status == 200 && known == true)
                }
            }
            let rows = try await database.feedback()
            #expect(rows.map(\.question) == ["Why so?", "Why so?"])
            #expect(rows.allSatisfy { $0.reason == "outdated" && $0.rating == -1 && $0.text?.isEmpty == false })
        }
    }

    @Test func `an answer that nobody knows is kept for no release`() async throws {
        try await Self.with { fixture, database in
            let reply = try await fixture.post("/v1/feedback", #"{"answer": "made up", "rating": "up"}"#)
            let known = try reply.json["known"]?.bool
            #expect(reply.status == 200 && known == false)
            #expect(try await database.feedback().first?.question == nil)
        }
    }

    @Test(arguments: [
        (#"{"rating": "up"}"#, 422), (#"{"answer": "a", "rating": "up", "rater": 7}"#, 422),
        (#"{"answer": "a", "rating": "up", "admin": true}"#, 422), ("[]", 422), ("{", 400),
    ])
    func `bad bodies are refused`(_ body: String, _ status: Int) async throws {
        try await Self.with { fixture, database in
            let reply = try await fixture.post("/v1/feedback", body)
            #expect(reply.status == status, "\(reply.text)")
            #expect(try await database.feedback().isEmpty)
        }
    }

    @Test func `a service that keeps nothing says so`() async throws {
        let reply = try await ServerFixture().post("/v1/feedback", #"{"answer": "a", "rating": "up"}"#)
        #expect(reply.status == 404 && reply.errorCode == "no_feedback")
        #expect(try await ServerFixture().send(.get, "/version").json["feedback"] == false)
    }

    @Test func `two releases answer in an order drawn by lot, and one choice is kept`() async throws {
        try await Self.with { fixture, database in
            var fixture = fixture
            fixture.compared = [
                ComparedRelease(number: 3, service: FakeService()), ComparedRelease(number: 4, service: FakeService()),
            ]
            try await fixture.run { client in
                let json: HTTPFields = [.contentType: "application/json"]
                func ask(_ body: String) async throws -> Reply {
                    try await client.send(.post, "/v1/compare", body: body, headers: json)
                }
                for number in 0..<24 {
                    let shown = try await ask(#"{"query": "Why \#(number)?", "rater": "\#(number)"}"#)
                    #expect(try shown.json["answers"]?.array?.count == 2)
                    #expect(!shown.text.contains("release"))
                    let id = try #require(try shown.json["comparison"]?.string)
                    let choice = #"{"comparison": "\#(id)", "preferred": "first", "rater": "\#(number)"}"#
                    #expect(try await ask(choice.replacing("first", with: "best")).status == 422)
                    #expect(try await ask(choice.replacing(#""\#(number)""#, with: #""x""#)).status == 409)
                    #expect(try await ask(choice).status == 200)
                    #expect(try await ask(choice).status == 409)
                }
            }
            let rows = try await database.comparisons()
            #expect(rows.count == 24 && rows.allSatisfy { $0.outcome == "first" && $0.first + $0.second == 7 })
            // That all 24 lots fall alike happens once in eight million times.
            #expect(Set(rows.map(\.first)) == [3, 4])
        }
    }

    @Test func `with one release there is nothing to compare`() async throws {
        try await Self.with { fixture, _ in
            let reply = try await fixture.post("/v1/compare", #"{"query": "Why?"}"#)
            #expect(reply.status == 409 && reply.errorCode == "nothing_to_compare")
            #expect(try await fixture.send(.get, "/compare").status == 200)
        }
    }

    @Test func `only the latest answers are remembered`() {
        let answers = RecentAnswers(capacity: 3)
        for number in 0..<10 {
            answers.remember(.init(release: number, question: "q", text: "t"), as: "\(number)")
        }
        #expect((0..<10).filter { answers.answer("\($0)") != nil } == [7, 8, 9])
    }
}
