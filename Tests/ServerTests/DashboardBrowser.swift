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

/// A browser in a session of a dashboard, on a page of its only project.
struct DashboardBrowser: Sendable {
    let client: ServerFixture.Client
    let path: String
    let folder: String
    let assembly: DashboardAssembly
    /// The project's name in addresses.
    let id: String
    var headers: HTTPFields = [.accept: "text/html"]
    /// What a form of this session has to bring along.
    var token = ""

    /// A browser on `/p/PROJECT/PAGE`, in a folder that has some files.
    static func with(
        _ page: String, files: [(name: String, text: String)],
        _ test: @escaping @Sendable (DashboardBrowser) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            for (name, text) in files { try writeTestFile(text, to: folder + "/" + name) }
            let options = ServerOptions(port: 8090, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                var browser = DashboardBrowser(
                    client: ServerFixture.Client(client: $0),
                    path: "/p/\(project.id)" + (page.isEmpty ? "" : "/" + page), folder: folder, assembly: assembly,
                    id: project.id)
                // Whoever opens a page has its work begun.
                let reply = try await browser.client.send(.get, browser.path, headers: browser.headers)
                let cookie = try #require(reply.headers[.setCookie]?.split(separator: ";").first)
                browser.headers[.cookie] = String(cookie)
                browser.headers[.origin] = "http://localhost"
                browser.headers[.contentType] = "application/x-www-form-urlencoded"
                // The project's page has a form, whatever the project is like.
                let form = try await browser.client.send(.get, "/p/\(project.id)", headers: browser.headers)
                browser.token = Self.hidden("form_token", of: form.text)
                try await test(browser)
            }
        }
    }

    func page(_ query: String = "") async throws -> String {
        try await client.send(.get, path + query, headers: headers).text
    }

    /// Sends fields to where a form would.
    func post(_ fields: [String: String], to place: String? = nil) async throws -> Reply {
        let body = fields.merging(["form_token": token]) { given, _ in given }.map { "\($0)=\(FormBody.encoded($1))" }
        return try await client.send(
            .post, place ?? path, body: body.joined(separator: "&"), headers: headers)
    }

    /// What a hidden field of a page holds.
    static func hidden(_ name: String, of page: String) -> String {
        page.split(separator: "name=\"\(name)\" value=\"").dropFirst().first.map {
            String($0.prefix { $0 != "\"" }).replacing("&quot;", with: "\"")
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

    /// Lets a service of the dashboard work until it says that the project changed.
    func working(_ body: @escaping @Sendable () async -> Void) async throws {
        var changes = try #require(assembly.hub.listen(to: id)).makeAsyncIterator()
        // That of the beginning.
        _ = await changes.next()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await body() }
            _ = await changes.next()
            group.cancelAll()
        }
    }
}
