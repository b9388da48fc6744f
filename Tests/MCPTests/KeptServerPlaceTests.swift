import Base
import Foundation
import TestSupport
import Testing

@testable import MCP

/// Where a server is kept: another server has another place.
@Suite struct KeptServerPlaceTests {
    @Test func `a program's place follows its entry, its variables and its files`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let script = folder + "/server.py"
            try Data("one".utf8).write(to: URL(filePath: script))
            func place(_ word: String = "server.py", key: String = "1", keeper: String = "/none") throws
                -> KeptServerPlace
            {
                try KeptServerPlace(
                    MCPServerSetting(
                        name: "s", kind: .program(["python3", word], variables: ["KEY": "MINE"]), folder: folder,
                        entry: ["args": .string(word)]),
                    home: "/home", environment: ["MINE": key, "PATH": "/usr/bin:/bin"], keeper: keeper)
            }
            let first = try place()
            #expect(try place() == first)
            #expect(first.socket.hasPrefix("/home/kept/") && !first.socket.contains("MINE"))
            #expect(try place("other.py") != first)
            #expect(try place(key: "2") != first)
            #expect(try place(keeper: script) != first)
            try Data("two and more".utf8).write(to: URL(filePath: script))
            #expect(try place() != first)
        }
    }

    @Test func `a server elsewhere has another place with another key`() throws {
        func place(_ key: String) throws -> KeptServerPlace {
            try KeptServerPlace(
                MCPServerSetting(
                    name: "s",
                    kind: .remote(
                        "https://example.com", headers: ["authorization": .init(prefix: "Bearer ", variable: "T")]),
                    folder: "/"), home: "/home", environment: ["T": key])
        }
        #expect(try place("a") == place("a"))
        #expect(try place("a") != place("b"))
    }

    @Test func `a home whose path is too long for a socket is said`() {
        let setting = MCPServerSetting(name: "s", kind: .remote("https://example.com", headers: [:]), folder: "/")
        #expect(throws: MCPError.self) { try KeptServerPlace(setting, home: "/" + String(repeating: "a", count: 100)) }
    }
}
