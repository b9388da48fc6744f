import Testing

@testable import Engineer

@Suite struct ProjectFileTests {
    private func language(_ yaml: String) throws -> String {
        try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p").language
    }

    @Test func `documents are English unless the project says something else`() throws {
        #expect(try language("") == "english")
        #expect(try language("text: {language: german}") == "german")
        #expect(try language("text:\n  language: auto\n") == "auto")
    }

    @Test func `a language without a stemmer is refused with file, line and the nearest name`() {
        let error = #expect(throws: EngineerError.self) { try language("text:\n  language: germann\n") }
        #expect(error?.message.hasPrefix("neo.yaml:3: ") == true)
        #expect(error?.message.contains("Did you mean \"german\"?") == true)
    }
}
