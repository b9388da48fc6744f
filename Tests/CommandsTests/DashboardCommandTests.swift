import Base
import Processes
import Testing

@Suite struct DashboardCommandTests {
    @Test func `a folder of projects is served, and stops when told`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                let page = try await server.get("/")
                #expect(page.contains("200 OK") && page.contains("All projects"))
                let other = try await RawConnection.reply(
                    server.port, to: "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                #expect(other.contains("421"), "another name that leads here")
                try server.stop()
            }
            #expect(result.status == 0)
            #expect(try JSONValue(parsing: result.output)["projects"]?.array?.count == 1)
        }
    }

    @Test func `what makes no sense is said`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let open = try await neo.run("dashboard", "--host", "0.0.0.0", "--port", "0")
            #expect(open.status == 1 && open.errorOutput.contains("NEO_DASHBOARD_TOKEN"), "\(open.errorOutput)")
            let nowhere = try await neo.run("dashboard", "nowhere")
            #expect(nowhere.status == 1 && nowhere.errorOutput.contains("is no folder"))
            #expect(try await neo.run("dashboard", "--port", "99999").status == 2)
        }
    }

    @Test func `under neo serve it has the first page, and the release and its chat stay where they are`() async throws
    {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--dashboard"]) { server async throws in
                #expect(try await server.get("/").contains("Waits for you"))
                #expect(try await server.get("/chat").contains("ask the documents"))
                #expect(try await server.get("/healthz").contains(#""ok""#))
                #expect(try await server.get("/v1/nothing").contains("404"))
                try server.stop()
            }
            #expect(result.status == 0)
            let plain = try await neo.serve { server async throws in
                #expect(try await server.get("/").contains("ask the documents"))
                #expect(try await server.get("/p/anything").contains("404"))
                try server.stop()
            }
            #expect(plain.status == 0)
            try neo.write("token", "a-token\n")
            try await neo.shell("chmod 600 token")
            let shared = try await neo.run("serve", "p", "--dashboard", "--port", "0", "--token-file", "token")
            #expect(shared.status == 1 && shared.errorOutput.contains("a token of its own"), "\(shared.errorOutput)")
        }
    }

    @Test func `comments are listed, added and settled`() async throws {
        try await NeoProcess.withProject { neo async throws in
            #expect(try await neo.check("comments", "list", "p").output == "No comment is open.\n")
            try await neo.check(
                "comments", "add", "Too\u{1B}[2J vague.", "p", "--on", "requirements:12", "--author", "Ada")
            let list = try await neo.check("comments", "list", "p").output
            #expect(list.contains("requirements:12") && list.contains("Ada") && !list.contains("\u{1B}"))
            let json = try JSONValue(parsing: await neo.check("comments", "list", "p", "--json").output)
            #expect(json["comments"]?.array?.first?["id"] == 1)
            try await neo.check("comments", "resolve", "1", "p")
            #expect(try await neo.check("comments", "list", "p").output == "No comment is open.\n")
            #expect(try await neo.check("comments", "list", "p", "--all").output.contains("settled"))
            #expect(try await neo.run("comments", "resolve", "7", "p").status == 1)
            #expect(try await neo.run("comments", "add", "Well.", "p", "--on", "nothing:1").status == 2)
        }
    }
}
