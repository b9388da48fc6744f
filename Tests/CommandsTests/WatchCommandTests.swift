import Base
import Foundation
import Processes
import Storage
import Testing

/// `neo watch` and `neo alerts` as their user meets them.
@Suite(.timeLimit(.minutes(5))) struct WatchCommandTests {
    private static let told = """
        monitoring:
          text: redacted
          probe_minutes: 0
          notify:
            - name: file
              command: [/bin/sh, -c, "cat >>told.txt"]

        """

    private func post(_ port: Int, _ query: String) async throws -> String {
        let body = "{\"query\": \"\(query)\"}"
        return try await RawConnection.reply(
            port,
            to: "POST /v1/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
    }

    @Test func `what a service was asked can be queried, and its watch looks at it from outside`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + Self.told)
            let served = try await neo.serve { server async throws in
                let reply = try await post(server.port, "How long does green tea steep? I am jo@acme.io")
                #expect(reply.hasPrefix("HTTP/1.1 200"))
                #expect(try await server.get("/metrics").contains("rag_build_info{version="))
                try server.stop()
            }
            #expect(served.status == 0, "\(served.errorOutput)")
            // The last row is written when the server ends.
            let database = try ServiceDatabase(path: neo.folder + "/p/.neo/service.db")
            let row = try #require(try await database.requests(.client).first)
            #expect(row.query == "How long does green tea steep? I am [email]")
            #expect(row.stages["retrieve"] != nil && row.stages["generate"] != nil)
            // Nobody answers there any more.
            let watched = try await neo.run("watch", "p", "--once", "--json", "--url", "http://127.0.0.1:1")
            #expect(watched.status == 0, "one look is no alarm: \(watched.errorOutput)")
            let report = try JSONValue(parsing: watched.output)
            #expect(report["last_hour"]?["failed_heartbeats"]?.integer == 1)
            #expect(report["last_hour"]?["requests"]?.integer == 1)
            for _ in 0..<3 { _ = try await neo.run("watch", "p", "--once", "--url", "http://127.0.0.1:1") }
            let firing = try await neo.run("watch", "p", "--once", "--url", "http://127.0.0.1:1")
            #expect(firing.status == 3 && firing.output.contains("The service was not ready"), "\(firing.output)")
            #expect(try neo.read("p/told.txt").contains("\"rule\":\"availability\""))
            let list = try await neo.check("alerts", "list", "p", "--json")
            let id = try #require(try JSONValue(parsing: list.output)["alerts"]?.array?.first?["id"]?.integer)
            let seen = try await neo.check("alerts", "ack", "\(id)", "p", "--by", "dana\u{1B}[31m")
            #expect(!seen.output.contains("\u{1B}"))
            #expect(try await neo.check("alerts", "list", "p", "--all").output.contains("seen by dana"))
        }
    }

    @Test func `a try says of each way whether it arrives`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let none = try await neo.run("alerts", "test", "p")
            #expect(none.status == 1 && none.errorOutput.contains("tells nobody of alerts"))
            let ways = """
                monitoring:
                  notify:
                    - {name: file, command: [/bin/sh, -c, "cat >told.txt"]}
                    - {name: fails, command: [/bin/sh, -c, "echo no room >&2; exit 7"]}
                    - {name: nobody, webhook: "http://127.0.0.1:1/s3cret"}
                    - {name: unset, webhook: "http://127.0.0.1:1/", headers: {Authorization: NEO_TEST_UNSET}}
                    - {name: hangs, command: [sleep, "600"], timeout: 0.5}

                """
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + ways)
            let tried = try await neo.run("alerts", "test", "p")
            #expect(tried.status == 1)
            let lines = tried.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 5, "\(tried.output)\(tried.errorOutput)")
            #expect(lines[0] == "file: arrived")
            #expect(lines[1].contains("ended with code 7: no room"))
            #expect(lines[2].contains("http://127.0.0.1:1 could not be reached") && !lines[2].contains("s3cret"))
            #expect(lines[3].contains("NEO_TEST_UNSET, which is not set"))
            #expect(lines[4].contains("within"), "\(lines[4])")
            #expect(try JSONValue(parsing: neo.read("p/told.txt"))["event"]?.string == "test")
            let one = try await neo.check("alerts", "test", "p", "--channel", "file")
            #expect(one.output == "file: arrived\n")
            let unknown = try await neo.run("alerts", "test", "p", "--channel", "x")
            #expect(unknown.status == 1 && unknown.errorOutput.contains("file, fails"))
        }
    }

    @Test func `what is wrong is said`() async throws {
        try await NeoProcess.withProject { neo async throws in
            #expect(try await neo.run("watch", "p", "--url", "localhost:8080").status == 2)
            #expect(try await neo.run("watch", "nowhere", "--once").status == 1)
            #expect(try await neo.check("alerts", "p").output.contains("Nothing was served here yet"))
            let unknown = try await neo.run("alerts", "ack", "7", "p")
            #expect(unknown.status == 1 && unknown.errorOutput.contains("There is no open alert 7"))
            try neo.write("p/.neo/service.db", "no database")
            let damaged = try await neo.run("alerts", "list", "p")
            #expect(damaged.status == 1 && damaged.errorOutput.contains("service.db is not a database"))
            // A service answers all the same.
            let served = try await neo.serve { server async throws in
                #expect(try await post(server.port, "tea").hasPrefix("HTTP/1.1 200"))
                try server.stop()
            }
            #expect(served.status == 0 && served.errorOutput.contains("are not written down"))
        }
    }
}
