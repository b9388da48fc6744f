import Base
import Testing

@testable import Notifications

@Suite(.timeLimit(.minutes(2))) struct WebhookTests {
    private let message: JSONValue = ["title": "\u{202E}Requests \"fail\"\r\nX-Evil: 1", "evidence": ["bad": 3]]

    @Test func `a message arrives as it is, with its secret`() async throws {
        try await Receiver.with("http") { [message] receiver, port in
            let exchange = HTTPExchange(
                url: "http://127.0.0.1:\(port)/hook?x=1",
                headers: ["authorization": try #require(Secret("Bearer s3cret"))],
                environment: [:])
            #expect(try await exchange.send(message).status == 204)
            let got = try await receiver.message(1)
            #expect(got["body"] == message && got["path"]?.string == "/hook?x=1")
            #expect(got["authorization"]?.string == "Bearer s3cret")
        }
    }

    @Test func `what the receiver refuses is a status`() async throws {
        let status = try await Receiver.with("refuse") { [message] _, port in
            try await HTTPExchange(url: "http://127.0.0.1:\(port)/", environment: [:]).send(message).status
        }
        #expect(status == 503)
    }

    @Test func `a receiver that hangs is given up, and no key of its address is said`() async throws {
        try await Receiver.with("hang") { [message] receiver, port in
            let exchange = HTTPExchange(
                url: "http://127.0.0.1:\(port)/services/s3cret?key=s3cret", timeLimitSeconds: 0.5, environment: [:])
            let error = await #expect(throws: NotificationError.self) { try await exchange.send(message) }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("http://127.0.0.1:\(port) could not be reached") == true)
            #expect(error?.message.contains("s3cret") == false)
            _ = try await receiver.message(1)
        }
    }

    @Test func `where nobody listens that is said`() async throws {
        let exchange = HTTPExchange(url: "http://127.0.0.1:1/", timeLimitSeconds: 5, environment: [:])
        let error = await #expect(throws: NotificationError.self) { try await exchange.send() }
        #expect(error?.code == .unreachable)
    }
}
