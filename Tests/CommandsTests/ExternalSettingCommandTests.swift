import Processes
import Testing

/// What a user sees whose neo.yaml names a system that is not Neo's in a way that cannot be meant.
@Suite struct ExternalSettingCommandTests {
    @Test(
        "A system that makes no sense is explained with its line",
        arguments: [
            ("{url: \"http://a/b\"}", "needs a `name`"), ("{name: a b, url: \"http://a/b\"}", "needs a `name`"),
            ("{name: a}", "needs either a `url` or a `command`"),
            ("{name: a, url: \"http://a/b\", command: [b]}", "needs either"),
            ("{name: a, url: \"ftp://a/b\"}", "must be an address"),
            ("{name: a, url: \"http://me:secret@a/b\"}", "without a name or password"),
            ("{name: a, command: rag.py}", "must be a list of words"),
            ("{name: a, command: []}", "must be a list of words"),
            ("{name: a, command: [b], timeout: 2h}", "`timeout` must be"),
            ("{name: a, command: [b], timeout: 0s}", "`timeout` must be"),
            ("{name: a, command: [b], passages: 0}", "from 1 to 1000"),
            ("{name: a, command: [b], request: {query: no}}", "must hold \"{question}\""),
            ("{name: a, command: [b], headers: {X: A}}", "a command has none"),
            ("{name: a, url: \"http://a/b\", headers: {Authorization: Bearer abc}}", "not the value itself"),
            ("{name: a, url: \"http://a/b\", headers: {Host: A}}", "no header that can be set"),
            ("{name: a, url: \"http://a/b\", write: [x]}", "a `url` is a server that you start"),
            ("{name: a, command: [b], walls: off}", "can only be none"),
            ("{name: a, command: [b], walls: none, net: [a.example]}", "nothing for `read`"),
            ("{name: a, command: [b], net: [\"*.com\"]}", "wider than one owner"),
            ("{name: a, command: [b], read: data}", "must be a list of words"),
            ("{name: a, command: [b], environment: [\"A=1\"]}", "no name of a variable"),
            ("{name: a, comand: [b]}", "Did you mean \"command\"?"), ("word", "must be a mapping"),
        ])
    func badSetting(line: String, sentence: String) async throws {
        try await ExternalCommandTests.withExternals([line]) { neo async throws in
            let result = try await neo.run("search", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("p/neo.yaml:5: "), "\(result.errorOutput)")
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
            #expect(!result.errorOutput.contains("secret@"))
        }
    }

    @Test func `a name that there is not, and a header without its variable, are explained`() async throws {
        let line = "{name: present, url: \"http://127.0.0.1:1/\", headers: {Authorization: NEO_TEST_UNSET}}"
        try await ExternalCommandTests.withExternals([line]) { neo async throws in
            for (name, sentence) in [
                ("external:presnt", "Did you mean \"present\"?"),
                ("external:present", "NEO_TEST_UNSET, which is not set"),
            ] {
                let result = try await neo.run("eval", name, "p")
                #expect(result.status == 1 && result.errorOutput.contains(sentence), "\(result.errorOutput)")
            }
            #expect(try await neo.run("eval", "external:present", "p", "--answers").status == 2)
            let missing = try await neo.run("compare", "default", "external:none", "p")
            #expect(missing.errorOutput.contains("names no external system \"none\""))
        }
    }
}
