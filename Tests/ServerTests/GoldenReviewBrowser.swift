import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A browser on the review of a project.
struct GoldenReviewBrowser: Sendable {
    let client: ServerFixture.Client
    let path: String
    let folder: String
    let assembly: DashboardAssembly
    let id: String
    var headers: HTTPFields = [.accept: "text/html"]
    var token = ""

    func page(_ query: String = "") async throws -> String {
        try await client.send(.get, path + query, headers: headers).text
    }

    static func hidden(_ name: String, of page: String) -> String {
        page.split(separator: "name=\"\(name)\" value=\"").dropFirst().first.map {
            String($0.prefix { $0 != "\"" })
        } ?? ""
    }

    /// What a field of a page would send, as a browser sends it.
    static func field(_ name: String, of page: String) -> String {
        guard let start = page.firstRange(of: "<textarea id=\"\(name)\"")?.upperBound,
            let begin = page[start...].firstRange(of: ">\n")?.upperBound,
            let end = page[begin...].firstRange(of: "</textarea>")?.lowerBound
        else { return "" }
        return String(page[begin..<end]).replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            .replacing("\n", with: "\r\n")
    }

    /// Sends the form of a page, with other words in some fields.
    func send(_ action: String, _ page: String, _ changes: [String: String] = [:]) async throws -> Reply {
        var fields = ["form_token": token, "do": action, "author": "Ada <b>"]
        for name in ["proposal", "seen"] { fields[name] = Self.hidden(name, of: page) }
        for name in ["question", "answers", "quote", "reason"] where page.contains("id=\"\(name)\"") {
            fields[name] = Self.field(name, of: page)
        }
        fields.merge(changes) { $1 }
        let body = fields.map { "\($0)=\(FormBody.encoded($1))" }.joined(separator: "&")
        return try await client.send(.post, path, body: body, headers: headers)
    }

    func proposals() throws -> [GoldenProposal] { try GoldenProposals(Project(opening: folder)).read() }

    var rows: String {
        FileManager.default.contents(atPath: folder + "/golden.jsonl").map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// Proposes, as the server does in the background.
    func workOnce() async throws {
        var changes = try #require(assembly.hub.listen(to: id)).makeAsyncIterator()
        // That of the beginning.
        _ = await changes.next()
        let desk = assembly.proposing
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.work() }
            _ = await changes.next()
            group.cancelAll()
        }
    }
}
