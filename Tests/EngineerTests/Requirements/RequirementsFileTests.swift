import Base
import Foundation
import TestSupport
import Testing

@testable import Engineer

@Suite struct RequirementsFileTests {
    private static func withProject(_ text: String?, _ body: (Project, String) throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("documents: [a.md]\n", to: folder + "/neo.yaml")
            if let text { try writeTestFile(text, to: folder + "/requirements.md") }
            try body(try Project(opening: folder), folder)
        }
    }

    @Test func `What is missing, too long or no text gets a sentence with what to do`() async throws {
        try await Self.withProject(nil) { project, folder in
            let missing = #expect(throws: EngineerError.self) { try RequirementsFile(of: project) }
            #expect(missing?.message.hasPrefix("There is no \(folder)/requirements.md.") == true)
            try Data([0x23, 0xFF]).write(to: URL(filePath: folder + "/requirements.md"))
            let binary = #expect(throws: EngineerError.self) { try RequirementsFile(of: project) }
            #expect(binary?.message.contains("UTF-8") == true)
            try writeTestFile(String(repeating: "x", count: 1_000_001), to: folder + "/requirements.md")
            let long = #expect(throws: EngineerError.self) { try RequirementsFile(of: project) }
            #expect(long?.message.contains("1 MB") == true)
            let many = "## Requirements\n" + String(repeating: "### R\n", count: 1001)
            try writeTestFile(many, to: folder + "/requirements.md")
            let tooMany = #expect(throws: EngineerError.self) { try RequirementsFile(of: project) }
            #expect(tooMany?.message.contains("1000") == true)
        }
    }

    @Test func `The file for programs has the fields, and edits are told against it`() async throws {
        let text = """
            ## Requirements

            ### R1

            When a question comes, the service shall answer within 800 ms.

            - metric: latency p95
            - test: ≤ 800 ms
            - measured by: 200 questions
            - source: Ada
            """
        try await Self.withProject(text) { project, folder in
            let file = try RequirementsFile(of: project)
            #expect(file.findings == [] && file.hash == ContentHash(of: text))
            let none = #expect(throws: EngineerError.self) { try file.differences(in: project) }
            #expect(none?.message.contains("neo spec write \(folder)") == true)

            let path = try file.writeJSON(in: project)
            let json = try JSONValue(parsing: Data(contentsOf: URL(filePath: path)))
            #expect(
                json["requirements"]?.array?.first == [
                    "id": "R1", "form": "event",
                    "text": "When a question comes, the service shall answer within 800 ms.",
                    "metric": "latency p95", "operator": "<=", "threshold": 800, "unit": "ms",
                    "measurement": "200 questions", "source": "Ada", "notes": "",
                ])
            #expect(json["document"]?["sha256"]?.string == file.hash.hex)
            #expect(try file.differences(in: project) == [])

            try writeTestFile(text.replacing("≤ 800 ms", with: "≤ 900 ms"), to: file.path)
            let differences = try RequirementsFile(of: project).differences(in: project)
            #expect(differences.map(\.words) == ["R1 threshold: 800 -> 900"])

            for broken in ["{}", "[", "{\"format\": 1, \"title\": \"t\", \"requirements\": [{}]}"] {
                try writeTestFile(broken, to: path)
                let error = #expect(throws: EngineerError.self) { try file.differences(in: project) }
                #expect(error?.message.hasPrefix("\(path) does not hold requirements") == true)
            }
        }
    }
}
