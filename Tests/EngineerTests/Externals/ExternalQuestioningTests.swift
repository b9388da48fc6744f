import Base
import RAG
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engineer

/// Another system, played by a function.
private final class Played: Sendable {
    private let requests = Mutex<[JSONValue]>([])
    private let answer: @Sendable (_ request: JSONValue, _ number: Int) throws -> String

    init(_ answer: @escaping @Sendable (_ request: JSONValue, _ number: Int) throws -> String) {
        self.answer = answer
    }

    var asked: [JSONValue] { requests.withLock { $0 } }

    var port: Workspace.External {
        { _, _, body in
            try await body { request in
                let number = self.requests.withLock { requests in
                    requests.append(request)
                    return requests.count
                }
                return try self.answer(request, number)
            }
        }
    }
}

private struct Broken: DescribedError {
    let message = "It\nis \u{1B}[31mbroken."
    let cause: (any Error)? = nil
}

@Suite struct ExternalQuestioningTests {
    private static let answer = #"{"passages": [{"text": "a"}], "answer": "b"}"#
    private static let questions = (0..<12).map { (id: "q\($0)", text: "Why \($0)?") }

    private func questioning(
        _ played: Played, _ setting: ExternalSetting = ExternalSetting(name: "x", source: .url("http://a/b")),
        database: NeoDatabase? = nil
    ) -> ExternalQuestioning {
        ExternalQuestioning(
            setting: setting, folder: "/nowhere", external: played.port, database: database, time: .system,
            onAsking: { _, _ in })
    }

    @Test func `each answer is kept before the next question, and not asked for again`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let stopping = Played { _, number in
                if number == 4 { throw CancellationError() }
                return Self.answer
            }
            await #expect(throws: CancellationError.self) {
                try await questioning(stopping, database: database).ask(Self.questions, isStart: true)
            }
            let resumed = Played { _, _ in Self.answer }
            let outcomes = try await questioning(resumed, database: database).ask(Self.questions, isStart: true)
            #expect(resumed.asked.count == 9)
            #expect(outcomes.count == 12)
            for outcome in outcomes.values {
                guard case .answered(let reply, _) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
                #expect(reply == ExternalReply(passages: [.init(text: "a")], answer: "b"))
            }
            let again = Played { _, _ in throw Broken() }
            _ = try await questioning(again, database: database).ask(Self.questions, isStart: true)
            #expect(again.asked.isEmpty)
            // Another version, another request or another address is another system.
            var changed = ExternalSetting(name: "x", source: .url("http://a/b"))
            changed.version = "2"
            var request = ExternalSetting(name: "x", source: .url("http://a/b"))
            request.passages = 5
            for setting in [changed, request, ExternalSetting(name: "x", source: .url("http://a/c"))] {
                let other = Played { _, _ in Self.answer }
                _ = try await questioning(other, setting, database: database).ask(Self.questions, isStart: true)
                #expect(other.asked.count == 12)
            }
        }
    }

    @Test func `ten failures at the start end it, and show the first on one line`() async throws {
        let played = Played { _, _ in throw Broken() }
        let error = await #expect(throws: EngineerError.self) {
            try await questioning(played).ask(Self.questions, isStart: true)
        }
        #expect(played.asked.count == 10)
        #expect(
            error?.message.contains("The first failure: It is  [31mbroken. Start it") == true, "\(error?.message ?? "")"
        )
        // Not where the winner has its numbers already.
        let late = Played { _, _ in throw Broken() }
        #expect(try await questioning(late).ask(Self.questions, isStart: false).count == 12)
    }

    @Test func `failures behind an answer are counted, and asked again the next time`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let played = Played { _, number in number == 2 ? Self.answer : "no" }
            let outcomes = try await questioning(played, database: database).ask(Self.questions, isStart: true)
            let failed = outcomes.values.count { if case .failed = $0 { true } else { false } }
            #expect(failed == 11)
            let again = Played { _, _ in "no" }
            #expect(try await questioning(again, database: database).ask(Self.questions, isStart: true).count == 12)
            #expect(again.asked.count == 11)
        }
    }

    @Test func `a request holds the question as it is, wherever it is to stand`() {
        var setting = ExternalSetting(name: "x", source: .command(["a"]))
        #expect(
            setting.request(for: "Why {id}?", id: "q{question}")
                == ["question": "Why {id}?", "id": "q{question}", "passages": 100])
        setting.request = ["q": ["text": "{question} ({id}, {other"], "n": ["{passages}", 3], "flag": true]
        #expect(
            setting.request(for: "Why?", id: "7")
                == ["q": ["text": "Why? (7, {other"], "n": [100, 3], "flag": true])
    }

    @Test func `a script that was changed is another system`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let setting = ExternalSetting(name: "x", source: .command(["sh", "rag.sh", "--fast"]))
            let none = setting.identity(in: folder)
            try AtomicFile.write("one", to: folder + "/rag.sh")
            let one = setting.identity(in: folder)
            try AtomicFile.write("two", to: folder + "/rag.sh")
            #expect(Set([none, one, setting.identity(in: folder)]).count == 3)
            var renamed = setting
            renamed.name = "y"
            #expect(renamed.identity(in: folder) == setting.identity(in: folder))
        }
    }
}
