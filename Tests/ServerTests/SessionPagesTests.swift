import Agents
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LanguageModels
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SessionPagesTests {
    private static let hostile = "<i>look</i>"

    /// A session of an agent that has a plan, and stopped at its limit of turns.
    private static let events: [SessionEvent.Kind] = [
        .session(SessionStart(id: "s1", model: "m", workspace: "/", mode: .ask, instructions: "")),
        .message(SaidMessage(hostile)),
        .turn(
            Turn(
                number: 1,
                message: AssistantMessage(parts: [
                    .toolCall(
                        ToolCall(
                            id: "1", name: "plan",
                            arguments: #"{"steps":[{"step":"<i>a</i>","state":"done"},{"step":"b","state":"doing"}]}"#))
                ]), stopReason: .toolCalls)),
        .toolResult(ToolEnd(callID: "1", text: "")), .end(SessionEnd(.turnLimit, "The agent has used its 1 turns.")),
    ]

    @Test func `a session at its limit waits with its tasks until somebody of this dashboard has seen it`() async throws
    {
        try await withTemporaryDirectory { folder async throws in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let store = SessionStore(workspace: folder)
            try store.prepare()
            try SessionJournal.open(store.path(of: "s1")).journal.append(
                Self.events.enumerated().map { SessionEvent(number: $0, time: 1000 + Double($0), kind: $1) })
            let options = ServerOptions(port: 8090, token: nil, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            let base = "/p/\(project.id)"
            try await application.test(.router) { client async throws in
                let client = ServerFixture.Client(client: client)
                let page: HTTPFields = [.accept: "text/html"]
                for path in [base + "/sessions", base + "/sessions/s1", "/"] {
                    let text = try await client.send(.get, path, headers: page).text
                    #expect(text.contains("&lt;i&gt;look&lt;/i&gt;") && !text.contains("<i>"), "\(path)")
                }
                #expect(try await client.send(.get, base + "/sessions", headers: page).text.contains("1 of 2 done"))
                let session = try await client.send(.get, base + "/sessions/s1", headers: page).text
                #expect(session.contains("</span> done</span> &lt;i&gt;a&lt;/i&gt;"))
                #expect(session.contains("</span> under way</span> b"))

                let front = try await client.send(.get, "/", headers: page)
                #expect(front.text.components(separatedBy: "action=\"\(base)/seen\"").count == 2)
                let cookie = try #require(front.headers[.setCookie]?.split(separator: ";").first)
                let token = try #require(front.text.firstMatch(of: /name="form_token" value="([0-9a-f]+)"/)?.1)
                let headers: HTTPFields = [
                    .cookie: String(cookie), .origin: "http://localhost",
                    .contentType: "application/x-www-form-urlencoded",
                ]
                func see(_ body: String) async throws -> Int {
                    try await client.send(.post, base + "/seen", body: body + "&author=Ada&next=/", headers: headers)
                        .status
                }
                #expect(try await see("session=s1&event=4") == 403)
                #expect(try await see("form_token=\(token)&session=..%2Fs1&event=4") == 422)
                #expect(try await see("form_token=\(token)&session=s1&event=x") == 422)
                #expect(try await client.send(.get, "/", headers: page).text.contains("stopped at a limit"))
                #expect(try await see("form_token=\(token)&session=s1&event=4") == 303)
                #expect(try await !client.send(.get, "/", headers: page).text.contains("stopped at a limit"))
            }
        }
    }
}
