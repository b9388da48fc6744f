import Base
import Testing

@testable import Engineer

@Suite struct AgentSettingsTests {
    @Test func `what is said about agents comes through as it is written`() throws {
        let user = try ModelsConfiguration(
            yaml: """
                permissions:
                  - {command: [git, [push, fetch]], decision: ask, match: "true"}
                hooks: [{event: stop, command: done.sh, timeout: 2.5, outside_walls: true}]
                trusted: [~/work]
                """, path: "config.yaml")
        #expect(
            user.agents["permissions"] == [
                ["command": ["git", ["push", "fetch"]], "decision": "ask", "match": "true"]
            ])
        #expect(user.agents["hooks"]?.array?.first?["timeout"] == 2.5)
        #expect(user.agents["hooks"]?.array?.first?["outside_walls"] == true)
        let project = try ProjectFile(
            yaml: "documents: [a]\nchecks: {tests: make test}\n", file: "neo.yaml", folderName: "p")
        #expect(project.agents["checks"] == ["tests": "make test"])
        #expect(throws: EngineerError.self) {
            try ProjectFile(yaml: "documents: [a]\nhooks: []\n", file: "neo.yaml", folderName: "p")
        }
    }
}
