import Base
import Documents
import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import Engineer

@Suite struct ForgettingTests {
    private static let ada = "ada@example.org"
    private static let now = Date(timeIntervalSince1970: 1_795_003_200)

    private struct Stopped: Error {}

    /// A project in which a person stands in every place.
    private static func withProject(_ body: (Project, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            func write(_ path: String, _ text: String) throws {
                let url = URL(filePath: "\(folder)/\(path)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            try write("p/neo.yaml", "documents: [docs/*.md]\n")
            try write("p/docs/tea.md", "# Tea\n\nGreen tea.\n")
            try write("p/docs/team.md", "# Team\n\nAsk for tea.\n\nAsk Ada@Example.org for coffee.\n")
            try write(
                "p/golden.jsonl",
                "{\"id\": \"a\", \"question\": \"Who is ada@example.org?\"}\n{\"id\": \"b\", \"question\": \"Tea?\"}\n")
            try write("p/requirements.md", "# Requirements\n\nada@example.org decides.\n")
            try write("p/results.json", "{\"project\": \"p\", \"note\": \"by ada@example.org\"}")
            try write("p/report.md", "By ada@example.org and nada@example.org.\n")
            try write("p/release/2/answers.jsonl", "{\"by\": \"ada@example.org\"}\n")
            try write("p/.neo/sessions/s1.jsonl", "{\"text\": \"I am ada@example.org\"}\n")
            try write("p/.neo/sessions/s2.jsonl", "{\"text\": \"I am nada@example.org\"}\n")
            try write("p/.neo/inbox/r1.jsonl", "{\"user\": \"ada@example.org\"}\n{\"x\": 1}\n")
            try write(
                "p/.neo/interview.json",
                "{\"answers\": [{\"text\": \"Ask ada@example.org of it\"}, {\"text\": \"yes\"}]}")
            try write(
                "p/.neo/proposals.json",
                "{\"version\": 1, \"proposals\": [{\"id\": \"g1\", \"question\": \"ada@example.org?\"}, {\"id\": \"g2\"}]}"
            )
            try write("p/.neo/cache/ab/stage", "text of ada@example.org")
            try write("p/.neo/runs/artifacts/ff", "ada@example.org\n")
            try write("knowledge/studies/s.json", "{\"project\": \"ada@example.org\"}")
            try write("p.tar.gz", "a copy")
            let project = try Project(opening: folder + "/p")
            let database = try NeoDatabase(path: project.databasePath)
            _ = try await database.comment(
                on: CommentTarget(.project), quote: "", text: "Ask ada@example.org.", author: "grace",
                at: now)
            _ = try await database.comment(
                on: CommentTarget(.project), quote: "", text: "Fine.", author: "grace", at: now)
            let key = NewAccessKey(
                name: ada, scopes: [.answer], groups: [], perMinute: nil, perDay: nil, expires: nil, at: now)
            try await KeyDesk(project).add(key, by: "grace", at: now)
            try await AuditTrail(project).record([AuditEvent("ask", by: ada, at: now, query: "Who am I?")])
            try await body(project, folder + "/knowledge")
        }
    }

    private static func forgetting(
        _ project: Project, _ knowledge: String, onStep: @escaping @Sendable (Forgetting.Step) throws -> Void = { _ in }
    ) throws -> Forgetting {
        try Forgetting(project, person: " ADA@example.org ", knowledge: knowledge, onStep: onStep)
    }

    /// Nothing that Neo wrote names the person, byte by byte.
    private static func expectClean(_ project: Project, _ knowledge: String) async throws {
        let left = try await forgetting(project, knowledge).places()
        #expect(left.filter { $0.kind == .kept }.isEmpty, "\(left)")
        for folder in [project.path(".neo"), knowledge] {
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
                let text = String(decoding: data, as: UTF8.self).lowercased()
                #expect(!text.replacing("nada@", with: "").contains(ada), "\(name)")
            }
        }
    }

    @Test func `every place is told before anything is done`() async throws {
        try await Self.withProject { project, knowledge async throws in
            let places = try await Self.forgetting(project, knowledge).places()
            let kept = Set(places.filter { $0.kind == .kept }.map { $0.name.replacing(knowledge, with: "K") })
            #expect(
                kept == [
                    "key of the person", ".neo/neo.db, table comments", ".neo/neo.db, table access_keys",
                    ".neo/sessions/s1.jsonl", ".neo/inbox/r1.jsonl", ".neo/interview.json", ".neo/proposals.json",
                    ".neo/runs/artifacts/ff", ".neo/cache", "results.json", "report.md", "golden.jsonl",
                    "K/studies/s.json",
                ])
            #expect(places.contains { $0.kind == .own && $0.details == ["docs/team.md:5"] })
            #expect(places.contains { $0.kind == .own && $0.details == ["requirements.md:3"] })
            #expect(places.contains { $0.kind == .release && $0.name == "release 2" })
            #expect(places.contains { $0.kind == .backup && $0.name.hasSuffix("p.tar.gz") })
            #expect(try await AuditTrail(project).entries(limit: 10).count == 2)
        }
    }

    @Test func `whoever is forgotten stands nowhere any more, and the log is still whole`() async throws {
        try await Self.withProject { project, knowledge async throws in
            let pseudonym = try await AuditTrail(project).entries(limit: 10)[1].body["who"]?.string
            let left = try await Self.forgetting(project, knowledge).run(how: "terminal", by: "grace", at: Self.now)
            try await Self.expectClean(project, knowledge)
            #expect(Set(left.map(\.kind)) == [.own, .release, .backup])
            let entries = try await AuditTrail(project).entries(limit: 100)
            #expect(
                entries.map { $0.body["what"]?.string } == [
                    "key added", "ask", "forgetting begun", "forgotten", "forget",
                ])
            #expect(
                entries[0].person == "grace" && entries[0].subject == nil && entries[0].body["of"]?.string == pseudonym)
            #expect(entries[1].person == nil && entries[1].body["who"]?.string == pseudonym)
            #expect(entries[3].body["who"]?.string == pseudonym && entries[3].body["how"] == "terminal")
            #expect(try await AuditTrail(project).verify().isWhole)
            // Others are still there.
            #expect(try await NeoDatabase(path: project.databasePath).comments().map(\.text) == ["Fine."])
            #expect(FileManager.default.fileExists(atPath: project.path(".neo/sessions/s2.jsonl")))
            let golden = FileManager.default.contents(atPath: project.path("golden.jsonl")) ?? Data()
            #expect(String(decoding: golden, as: UTF8.self) == "{\"id\": \"b\", \"question\": \"Tea?\"}\n")
            // The key opens nothing, and the project stays locked.
            let keys = try await KeyDesk(project).keys()
            #expect(keys.count == 1 && keys[0].revoked != nil)
        }
    }

    @Test("A run that is ended at any step is finished by the next", arguments: Forgetting.Step.allCases)
    func interrupted(step: Forgetting.Step) async throws {
        try await Self.withProject { project, knowledge async throws in
            let pseudonym = try await AuditTrail(project).entries(limit: 10)[1].body["who"]?.string
            await #expect(throws: Stopped.self) {
                _ = try await Self.forgetting(project, knowledge) { if $0 == step { throw Stopped() } }
                    .run(how: "terminal", by: "grace", at: Self.now)
            }
            #expect(try Self.forgetting(project, knowledge).isUnfinished == (step != .note))
            _ = try await Self.forgetting(project, knowledge).run(how: "terminal", by: "grace", at: Self.now)
            try await Self.expectClean(project, knowledge)
            #expect(try !Self.forgetting(project, knowledge).isUnfinished)
            let entries = try await AuditTrail(project).entries(limit: 100)
            #expect(entries.filter { $0.body["what"] == "forgotten" }.map { $0.body["who"]?.string } == [pseudonym])
        }
    }

    @Test func `a document that names the person is in no corpus until it is changed`() async throws {
        try await Self.withProject { project, knowledge async throws in
            func files() async throws -> [String] { try await ProjectAccess.read(project).entries.map(\.place.file) }
            #expect(try await files() == ["docs/tea.md", "docs/team.md"])
            _ = try await Self.forgetting(project, knowledge).run(how: "terminal", by: "grace", at: Self.now)
            #expect(try await files() == ["docs/tea.md"])
            try Data("# Team\n\nAsk for tea.\n".utf8).write(to: URL(filePath: project.path("docs/team.md")))
            #expect(try await files() == ["docs/tea.md", "docs/team.md"])
        }
    }

    @Test func `a name that would stand in every word is refused`() throws {
        #expect(throws: EngineerError.self) {
            try Forgetting(try Project(opening: "/nowhere"), person: "Al", knowledge: nil)
        }
    }
}
