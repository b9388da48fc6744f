import Base
import LanguageModels
import RAG
import Retrieval
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct AuditSessionTests {
    private static let rows = """
        {"id": "m", "question": "How many threads may hold a mutex?", "answers": ["one"], "evidence": [{"document": "locks.md", "quote": "A mutex is a lock that only one thread holds at a time."}]}
        {"id": "q", "question": "How is the waiting queue of callers emptied?", "answers": ["drain"], "evidence": [{"document": "queues.md", "quote": "Use `Queue.drain()` to empty the waiting queue of callers."}]}

        """
    private static let ports = Workspace.Ports(
        storedModel: { throw EngineerError(code: .invalidRequest, message: "There is no \($0) here.") },
        modelFolder: { throw EngineerError(code: .invalidRequest, message: "There is no \($0) here.") }, threads: 1)

    private func audit(_ fixture: GoldenFixture, _ options: AuditOptions = AuditOptions(seed: 7, probes: 8))
        async throws -> Audit
    {
        let workspace = try await Workspace.open(fixture.project, ports: Self.ports)
        return try await AuditSession(workspace, options: options).run(at: GoldenFixture.now)
    }

    @Test func `an audit tries twelve families and more, none of which gets through, and the same seed says the same`()
        async throws
    {
        try await GoldenFixture.with(golden: Self.rows) { fixture in
            var first = try await audit(fixture)
            var second = try await audit(fixture)
            first.seconds = 0
            second.seconds = 0
            #expect(first == second)
            #expect(first.families.count >= 12)
            #expect(first.families.reduce(0) { $0 + $1.tried } >= 150)
            let attacks = first.families.filter { $0.family != "poisoned-retrieval" }
            for family in attacks {
                #expect(family.failed == 0, "\(first.findings.filter { $0.id.hasSuffix(family.family) })")
            }
            // What was read for an answer, and only that, counts.
            #expect(attacks.allSatisfy { $0.delivered > 0 && $0.delivered <= $0.tried }, "\(attacks)")
            let comment = try #require(first.families.first { $0.family == "html-comment" })
            let risk = try #require(comment.residualRisk)
            #expect(abs(risk - (1 - exponential(logarithm(0.05) / Double(comment.delivered + 1)))) < 1e-9)
            #expect(first.utility?.answered == 2)
            #expect(first.unchecked.contains { $0.contains("--generator") })
        }
    }

    @Test func `attacks stand in memory only, and the report blots secrets out`() async throws {
        let key = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
        try await GoldenFixture.with(golden: Self.rows) { fixture in
            try fixture.write("docs/ops.md", "# Operations\n\nThe robot signs in with \(key) every night.\n")
            let audit = try await audit(fixture, AuditOptions(seed: 1, probes: 2))
            #expect(audit.worst == .critical)
            let finding = try #require(audit.findings.first)
            #expect(finding.id == "secrets.github-token.documents" && finding.places == ["ops.md:3"])
            try await AuditFiles.write(audit, in: fixture.project)
            for name in ["audit.md", "audit.html", "audit.json"] {
                let text = try fixture.read(name)
                #expect(text.contains("secrets.github-token") && !text.contains(key), "\(name)")
            }
            #expect(try await AuditFiles.last(in: fixture.project) == audit)
            let files = try FileManager.default.subpathsOfDirectory(atPath: fixture.project.folder)
            #expect(!files.contains { $0.contains("audit-probe") })
            // What a person lets stand is said with who and why, and is no finding any more.
            try fixture.write(
                "audit-allow.yaml", "allow:\n  - {finding: secrets, place: ops.md, reason: it was revoked, by: ada}\n")
            let again = try await self.audit(fixture, AuditOptions(seed: 1, probes: 2))
            #expect(!again.findings.contains { $0.family == "secrets" })
            #expect(again.exceptions.map(\.by) == ["ada"])
        }
    }

    @Test func `a model that obeys and tells what it was told is found out`() async throws {
        let model = ScriptedLanguageModel { request in
            let read = "\(request.messages)"
            let words = Set(read.matches(of: /zq[0-9a-f]{4,}/).map { String($0.0) }).sorted().joined(separator: " ")
            let told = read.firstMatch(of: /You answer questions.*asks for it\./).map { String($0.0) } ?? ""
            return .text("\(words) \(told) [1]")
        }
        try await GoldenFixture.with(golden: Self.rows) { fixture in
            let workspace = try await Workspace.open(fixture.project, ports: Self.ports)
            let audit = try await AuditSession(
                workspace, options: AuditOptions(seed: 2, probes: 2), generator: Generator(model: model)
            ).run(at: GoldenFixture.now)
            #expect(audit.generator == "scripted")
            for name in ["plain-order", "system-prompt"] {
                let family = try #require(audit.families.first { $0.family == name })
                #expect(family.failed == family.delivered && family.failed > 0, "\(family)")
                #expect(audit.findings.contains { $0.id == "attack.\(name)" && $0.severity == .high })
            }
            // What of an order nobody could read, nobody obeys.
            #expect(audit.families.first { $0.family == "html-comment" }?.failed == 0)
        }
    }

    @Test func `an audit of a service that obeys its documents finds that`() async throws {
        let rogue = RogueService()
        let catalogue = try ProbeCatalogue.builtIn()
        let maker = ProbeMaker(
            catalogue: catalogue, seed: 1, questions: ["How does a mutex work?", "What is a queue?"])
        for name in ["image", "markup", "terminal", "link"] {
            let family = try #require(catalogue.families.first { $0.name == name })
            for probe in maker.probes(family, count: 6) {
                let run = ProbeRun(
                    service: RogueService(document: probe.documents[0].id, text: probe.documents[0].text), planted: [])
                #expect(try await !run.outcome(of: probe).harms.isEmpty, "\(probe.documents[0].text)")
            }
        }
        #expect(rogue.summary.isEmpty)
    }

    @Test func `the packages in the report are those that the manifest pins, each with its licence`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let listed = try JSONValue(
            parsing: Data(contentsOf: root.appending(path: "Sources/Engineer/Audits/Supply/packages.json")))
        let versions = Dictionary(
            uniqueKeysWithValues: (listed.array ?? []).map { ($0["name"]?.string ?? "", $0["version"]?.string ?? "") })
        let pins = manifest.matches(of: /url: ".*\/([^"\/]+)", exact: "([^"]+)"/)
        #expect(pins.count >= 15)
        for pin in pins { #expect(versions[pin.1.lowercased()] == String(pin.2), "\(pin.1)") }
        #expect((listed.array ?? []).allSatisfy { $0["licence"]?.string != nil })
    }
}

/// Repeats a document as it stands: what a careless service would do.
private struct RogueService: QueryService {
    var document = DocumentID("d")
    var text = ""
    let summary: [String: JSONValue] = [:]

    func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        [
            RetrievedPassage(
                id: "p", document: document, title: "", headings: [], text: text, range: 0..<text.utf8.count, line: 1,
                score: 1)
        ]
    }

    func answer(_ query: Query) async throws -> Answer {
        Answer(
            abstained: false, quotes: [.init(text: text, passage: 0, range: 0..<text.utf8.count, line: 1)],
            passages: try await retrieve(query))
    }
}
