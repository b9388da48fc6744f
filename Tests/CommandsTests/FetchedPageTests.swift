import Agents
import Base
import FoundationEssentials
import Processes
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// `fetch` on pages as they are: through curl inside walls, the proxy, and what makes Markdown of them.
@Suite(.timeLimit(.minutes(2))) struct FetchedPageTests {
    /// Serves the folder, packed as servers on the web do.
    private static let server = """
        import gzip, http.server, os, sys

        class Handler(http.server.SimpleHTTPRequestHandler):
            def send_head(self):
                path = self.translate_path(self.path)
                if not os.path.isfile(path):
                    return super().send_head()
                with open(path, "rb") as file:
                    body = gzip.compress(file.read())
                assert "gzip" in self.headers["accept-encoding"]
                self.send_response(200)
                self.send_header("content-type", self.guess_type(path) + "; charset=utf-8")
                self.send_header("content-encoding", "gzip")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        with open("port.new", "w") as file:
            file.write(str(server.server_address[1]))
        os.rename("port.new", "port")
        server.serve_forever()
        """

    @Test func `a large page of documentation is Markdown, whole on the disk, and its ends are shown`() async throws {
        try await withTemporaryDirectory { folder in
            // Python describes its module typing in 150 kB of HTML, with tables in tables.
            let made = try await ChildProcess(
                executable: "python3", arguments: ["-m", "pydoc", "-w", "typing"], directory: folder
            ).run()
            try #require(made.status == 0, "\(made.errorOutput)")
            let html = try read(folder + "/typing.html")
            try #require(html.utf8.count > 100_000)
            let outcome = try await Self.fetching("http://docs.test/typing.html", in: folder)
            #expect(!outcome.isError && outcome.isTainted, "\(outcome.text)")
            #expect(outcome.text.hasPrefix("# "), "\(outcome.text.prefix(200))")
            #expect(outcome.text.utf8.count < 20_000)
            let whole = try read(try #require(outcome.whole))
            for sentence in [
                // In one row of a table, 17 kB long, these are its begin and its middle.
                "The typing module: Support for gradual typing", "Special type indicating an unconstrained type.",
            ] {
                #expect(whole.contains(sentence), "\(sentence)")
            }
            for mark in ["<td", "<tr", "<dl", "&nbsp;", "&lt;", "bgcolor"] { #expect(!whole.contains(mark), "\(mark)") }
            #expect(whole.utf8.count > html.utf8.count / 4)
        }
    }

    @Test func `a page that is not there is said with what the server says`() async throws {
        try await withTemporaryDirectory { folder in
            let outcome = try await Self.fetching("http://docs.test/none.html", in: folder)
            #expect(outcome.isError && outcome.isTainted)
            #expect(outcome.text.hasPrefix("http://docs.test/none.html answers with status 404.\n"), "\(outcome.text)")
            #expect(outcome.text.contains("File not found") && !outcome.text.contains("<p>"), "\(outcome.text)")
        }
    }

    private func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// Fetches from a server whose name and public address lead to this machine.
    private static func fetching(_ url: String, in folder: String) async throws -> ToolOutcome {
        let server = ChildProcess(executable: "python3", arguments: ["-c", server], directory: folder)
        return try await withThrowingTaskGroup(of: ToolOutcome?.self) { group in
            group.addTask {
                _ = try? await server.run()
                return nil
            }
            group.addTask {
                let file = folder + "/port"
                while !FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(10)) }
                let port = try #require(
                    Int(String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)))
                let here = try #require(NetworkAddress("127.0.0.1"))
                var sandbox = try Sandbox.find()
                sandbox.outside = OutsideNetwork(
                    resolve: { $0 == "docs.test" ? [NetworkAddress("93.184.216.34")].compactMap(\.self) : [] },
                    route: { _, _ in (here, port) })
                return try await FetchTool(.curl(sandbox), markdown: AgentSurroundings.markdown)
                    .run(["url": .string(url)], in: ToolContext(callID: "page", outputFolder: folder))
            }
            defer { group.cancelAll() }
            let outcome = try await group.next() ?? nil
            return try #require(outcome, "the server ended")
        }
    }
}
