import Base
import HTTPTypes
import RAG
import Retrieval
import Synchronization
import Testing

@testable import Server

@Suite struct AccessViewsTests {
    static let configurations: [[String: JSONValue]] = [
        ["retriever": "bm25"], ["retriever": "dense"], ["retriever": "hybrid"],
        ["retriever": "hybrid", "reranker": "cross-encoder"], ["retriever": "bm25", "reranker": "mmr"],
        ["retriever": "bm25", "bm25.title_weight": 1, "chunker": "sentences", "context.neighbours": 1],
    ]

    /// Every way to ask, with what clients may vary.
    private static let requests: [(HTTPRequest.Method, String, String?)] = {
        var requests: [(HTTPRequest.Method, String, String?)] = [
            (.get, "/version", nil), (.get, "/readyz", nil), (.get, "/v1/models", nil), (.get, "/openapi.json", nil),
            (.get, "/nothing", nil),
            (.post, "/v1/retrieve", #"{"query": "salary", "filter": {"topic": "secret"}}"#),
            (.post, "/v1/retrieve", #"{"query": "tea", "filter": {"access": "hr"}}"#),
            (.post, "/v1/retrieve", #"{"query": "tea", "filter": {"topic": "water"}}"#),
            (.post, "/v1/retrieve", #"{"query": ""}"#),
        ]
        let questions = [
            "What is the salary of Ada?", "How long does green tea steep?", "tea", "salary", "Wie hoch ist das Gehalt?",
            "What does a moka pot want?", "What does the board plan?", "Who takes out the lime?", "zzz",
        ]
        for question in questions {
            requests.append((.post, "/v1/retrieve", #"{"query": "\#(question)", "k": 20}"#))
            requests.append((.post, "/v1/answer", #"{"query": "\#(question)"}"#))
            requests.append((.post, "/v1/answer", #"{"query": "\#(question)", "stream": true}"#))
            requests.append((.post, "/v1/run", #"{"query": "\#(question)"}"#))
            let messages = #""messages": [{"role": "user", "content": "\#(question)"}]"#
            requests.append((.post, "/v1/chat/completions", #"{"model": "neo", \#(messages)}"#))
            requests.append((.post, "/v1/chat/completions", #"{"model": "neo", "stream": true, \#(messages)}"#))
            requests.append((.post, "/v1/messages", #"{"model": "neo", "max_tokens": 99, \#(messages)}"#))
        }
        return requests
    }()

    /// What clients read, without the times and the names of requests.
    static func replies(_ views: any QueryService, _ groups: Set<AccessGroup>) async throws -> [String] {
        let options = ServerOptions(
            groups: groups, requestsPerMinutePerClient: nil, waitingSeconds: 280, verbosity: .errors)
        let replies = Mutex<[String]>([])
        try await ServerFixture(options: options, other: views).run { client in
            for (method, path, body) in requests {
                let reply = try await client.send(method, path, body: body, headers: [.contentType: "application/json"])
                var text = reply.text
                text.replace(#/"took_ms":[0-9.e-]+/#, with: "")
                text.replace(#/"created(_at)?":("[^"]+"|[0-9]+)/#, with: "")
                text.replace(#/(chatcmpl-|msg_)[0-9a-f]+/#, with: "")
                replies.withLock { $0.append("\(method) \(path) \(body ?? "")\n\(reply.status)\n\(text)") }
            }
            // Of what is measured only times and memory differ from run to run.
            let lines = try await client.send(.get, "/metrics").text.split(separator: "\n").filter {
                !$0.contains("seconds") && !$0.contains("bytes")
            }
            replies.withLock { $0.append(lines.joined(separator: "\n")) }
        }
        return replies.withLock { $0 }
    }

    @Test("No byte of an answer depends on what is hidden", arguments: configurations)
    func invisible(values: [String: JSONValue]) async throws {
        for groups in [[.everyone], [.everyone, try #require(AccessGroup("board"))]] as [Set<AccessGroup>] {
            let with = try await AccessProject.with(hidden: true) {
                try await Self.replies(try await $0.views(values), groups)
            }
            let without = try await AccessProject.with(hidden: false) {
                try await Self.replies(try await $0.views(values), groups)
            }
            for (left, right) in zip(with, without) { #expect(left == right) }
            #expect(with.count == without.count)
            #expect(
                !with.contains { $0.contains("5000 coins") || $0.contains("salaries.md") || $0.contains("\"study\"") })
            #expect(with.contains { $0.contains("second tea house") } == (groups.count == 2))
        }
    }

    @Test func `members of a group see its documents, and nobody but the owner what names nobody`() async throws {
        let hr = try #require(AccessGroup("hr"))
        try await AccessProject.with(hidden: true) { project async throws in
            let views = try await project.views(["retriever": "bm25"])
            func documents(_ groups: Set<AccessGroup>?) async throws -> Set<String> {
                Set(
                    try await views.retrieve(Query("salary tea moka", limit: 50, groups: groups)).map(
                        \.document.rawValue))
            }
            let seen = try await documents([hr])
            #expect(seen.isSuperset(of: ["hr/salaries.md", "own.md", "coffee.md"]), "\(seen)")
            // Of two equal files the first stays: members see a copy of the open one before it.
            #expect(seen.contains("a/tea.md") && !seen.contains("tea.md"), "\(seen)")
            #expect(try await documents([]) == ["tea.md", "coffee.md"])
            #expect(try await documents([]) == (try await documents([.everyone])))
            #expect(try await documents(nil).contains("odd.md"))
            #expect(!(try await documents([hr])).contains("odd.md"))
        }
    }

    @Test func `a group that sees nothing gets an empty answer, and no error`() async throws {
        let yaml = AccessProject.yaml.replacing("groups: [everyone]", with: "groups: [staff]")
        try await AccessProject.with(hidden: true, yaml: yaml) { project async throws in
            for values in Self.configurations {
                let views = try await project.views(values)
                let fixture = ServerFixture(
                    options: ServerOptions(groups: [.everyone], waitingSeconds: 280, verbosity: .errors), other: views)
                let found = try await fixture.post("/v1/retrieve", #"{"query": "tea"}"#)
                #expect(found.status == 200)
                #expect(try found.json["passages"]?.array?.isEmpty == true)
                #expect(try await fixture.post("/v1/answer", #"{"query": "tea"}"#).json["abstained"]?.bool == true)
            }
        }
    }

    @Test func `groups that see the same share a view, and of too many the oldest is made anew`() async throws {
        let counter = Mutex(0)
        let views = AccessViews(
            summary: [:], capacity: 2,
            visible: { groups in
                AccessViews.Sight(name: ContentHash(of: groups.map { "\($0.count)" } ?? "all")) {
                    counter.withLock { $0 += 1 }
                    return AccessViews.View(service: FakeService(), summary: [:])
                }
            })
        let groups = try ["a", "b", "c"].map { try #require(AccessGroup($0)) }
        func ask(_ groups: Set<AccessGroup>?) async throws -> Int {
            _ = try await views.retrieve(Query("x", groups: groups))
            return counter.withLock { $0 }
        }
        #expect(try await ask([groups[0]]) == 1)
        #expect(try await ask([groups[1]]) == 1)
        #expect(try await ask([groups[0], groups[1]]) == 2)
        #expect(try await ask(Set(groups)) == 3)
        #expect(try await ask([groups[0]]) == 4)
    }
}
