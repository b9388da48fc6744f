import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Server

@Suite struct TokenSourceTests {
    @Test(
        "The token is the first line without the white space around it",
        arguments: ["abc", "abc\n", "  abc \r\nsecond", "abc\n\n", "\tabc"])
    func firstLine(content: String) throws {
        let source = try source(content)
        #expect(source.token?.matches("abc") == true)
        #expect(source.diagnostics.isEmpty)
    }

    @Test(
        "A file without a usable token is refused, and its content not repeated",
        arguments: ["", "\n", "  \nabc", "two words", "t\u{0}ken", "schlüssel", String(repeating: "é", count: 5000)])
    func unusable(content: String) throws {
        let error = #expect(throws: ServerError.self) { _ = try source(content) }
        #expect(error?.code == .tokenUnusable)
        if content.contains(where: \.isLetter) { #expect(error?.description.contains(content) == false) }
    }

    @Test("A file that others can read is warned about", arguments: [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1)])
    func exposed(mode: Int, warnings: Int) throws {
        #expect(try source("abc", mode: mode).diagnostics.count == warnings)
    }

    @Test("A file that is none is named", arguments: ["/nowhere/token", "/"])
    func missing(path: String) {
        let error = #expect(throws: ServerError.self) { try TokenSource(file: path, environment: [:]) }
        #expect(error?.code == .tokenUnusable)
        #expect(error?.message.contains(path) == true)
    }

    @Test("A file that never ends is not read to its end")
    func endless() {
        #expect(throws: ServerError.self) { try TokenSource(file: "/dev/zero", environment: [:]) }
    }

    @Test("The environment is asked where there is no file, and an empty value is none")
    func environment() throws {
        #expect(try TokenSource(file: nil, environment: ["NEO_TOKEN": " abc\n"]).token?.matches("abc") == true)
        for empty in [[:], ["NEO_TOKEN": ""], ["NEO_TOKEN": " "]] {
            #expect(try TokenSource(file: nil, environment: empty).token == nil)
        }
        #expect(throws: ServerError.self) { try TokenSource(file: nil, environment: ["NEO_TOKEN": "a b"]) }
        #expect(try source("abc", environment: ["NEO_TOKEN": "other"]).token?.matches("abc") == true)
    }

    private func source(
        _ content: String, mode: Int = 0o600, environment: [String: String] = [:]
    ) throws -> TokenSource {
        let path = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID())").path
        try Data(content.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return try TokenSource(file: path, environment: environment)
    }
}
