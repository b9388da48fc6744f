import Base
import RAG
import TestSupport
import Testing

@testable import Engineer

@Suite struct GoldenProposalsTests {
    private static let ada = GoldenFixture.ada
    private static let now = GoldenFixture.now

    @Test func `the first accepted proposal replaces the example of a new project`() async throws {
        try await GoldenFixture.with(golden: NewProject.exampleQuestion) { fixture async throws in
            let proposal = try #require(try await fixture.propose().first { $0.isAnswerable })
            let decided = try await fixture.proposals.decide(proposal.id, .accept, by: Self.ada, at: Self.now)
            #expect(decided.state == .accepted && decided.decision?.row == proposal.id)
            let rows = try fixture.golden()
            #expect(rows.map(\.id) == [proposal.id] && rows.first?.question == proposal.question)
            #expect(rows.first?.evidence.first?.first?.quote == proposal.evidence.first?.quote)
        }
    }

    @Test func `every accepted quote stands in its document, and rows that were there stay byte by byte`() async throws
    {
        let own = #"{"id":"g1",   "question": "Mine?", "answers": [], "answerable": false}"#
        try await GoldenFixture.with(golden: own) { fixture async throws in
            try await fixture.propose()
            let (accepted, refused) = try await fixture.proposals.acceptAll(by: "neo run", at: Self.now)
            #expect(refused.isEmpty && accepted.count > 6)
            #expect(accepted.allSatisfy { $0.decision?.source.way == .automated })
            let text = try fixture.read("golden.jsonl")
            #expect(text.hasPrefix(own + "\n") && text.hasSuffix("}\n"))
            #expect(accepted.first { $0.id == "g1" }?.decision?.row == "g1-2", "the id is taken")
            for row in try fixture.golden() {
                for quote in row.evidence.joined() {
                    #expect(try fixture.read("docs/" + quote.document).contains(quote.quote))
                }
            }
        }
    }

    @Test func `a decision is made once; who comes second hears whose it is`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let id = try #require(try await fixture.propose().first).id
            _ = try await fixture.proposals.decide(id, .reject(reason: "Nobody asks that."), by: Self.ada, at: Self.now)
            let failure = await #expect(throws: EngineerError.self) {
                try await fixture.proposals.decide(id, .accept, by: .init(name: "bo", way: .browser), at: Self.now)
            }
            #expect(failure?.message.contains("rejected by ada") == true, "\(failure?.message ?? "")")
            await #expect(throws: EngineerError.self) {
                try await fixture.proposals.decide("g999", .accept, by: Self.ada, at: Self.now)
            }
        }
    }

    @Test func `two people at once do not both accept`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let id = try #require(try await fixture.propose().first { $0.isAnswerable }).id
            let proposals = fixture.proposals
            let done = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let source = GoldenProposal.Source(name: "p\(number)", way: .browser)
                        return (try? await proposals.decide(id, .accept, by: source, at: Self.now)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            #expect(try fixture.golden().count == 1)
        }
    }

    @Test func `reopening takes the row out, unless somebody changed it`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let ids = try await fixture.propose().filter(\.isAnswerable).prefix(2).map(\.id)
            for id in ids { _ = try await fixture.proposals.decide(id, .accept, by: Self.ada, at: Self.now) }
            _ = try await fixture.proposals.decide(ids[0], .reopen, by: Self.ada, at: Self.now)
            #expect(try fixture.golden().map(\.id) == [ids[1]])
            #expect(try fixture.proposals.read().first { $0.id == ids[0] }?.state == .open)

            try fixture.write("golden.jsonl", try fixture.read("golden.jsonl").replacing("?", with: " exactly?"))
            let failure = await #expect(throws: EngineerError.self) {
                try await fixture.proposals.decide(ids[1], .reopen, by: Self.ada, at: Self.now)
            }
            #expect(failure?.message.contains("was changed since") == true)
            #expect(try fixture.golden().count == 1)
        }
    }

    @Test func `a person's words become the row; an empty question or answer does not`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let proposal = try #require(try await fixture.propose().first { $0.isAnswerable })
            for wrong in [
                GoldenRevision(question: " ", answers: ["x"]), GoldenRevision(question: "What?", answers: []),
            ] {
                await #expect(throws: EngineerError.self) {
                    try await fixture.proposals.decide(proposal.id, .edit(wrong), by: Self.ada, at: Self.now)
                }
            }
            let strange = GoldenRevision(question: "Was\nist <b>das</b>?\u{1B}[31m", answers: ["“ja”", "doch"])
            let edited = try await fixture.proposals.decide(proposal.id, .edit(strange), by: Self.ada, at: Self.now)
            #expect(edited.state == .edited)
            let row = try #require(try fixture.golden().first)
            #expect(row.question == "Was ist <b>das</b>?\u{1B}[31m" && row.answers == ["“ja”", "doch"])
        }
    }

    @Test func `a document that vanished is said, and nothing is written`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let proposal = try #require(try await fixture.propose().first { $0.evidence.first?.document == "locks.md" })
            try fixture.remove("docs/locks.md")
            let failure = await #expect(throws: EngineerError.self) {
                try await fixture.proposals.decide(proposal.id, .accept, by: Self.ada, at: Self.now)
            }
            #expect(failure?.code == .invalidRequest && failure?.message.contains("locks.md") == true)
            #expect((try? fixture.golden()) == nil)
            #expect(try fixture.proposals.read().first { $0.id == proposal.id }?.state == .open)
        }
    }

    @Test func `a golden file that cannot be read is not added to`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let id = try #require(try await fixture.propose().first).id
            try fixture.write("golden.jsonl", "no json\n")
            await #expect(throws: EngineerError.self) {
                try await fixture.proposals.decide(id, .accept, by: Self.ada, at: Self.now)
            }
            #expect(try fixture.read("golden.jsonl") == "no json\n")
        }
    }

    @Test func `the passage of a proposal is the one that is in the document now`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let proposal = try #require(try await fixture.propose().first { $0.evidence.first?.document == "locks.md" })
            let evidence = proposal.evidence[0]
            try fixture.write("docs/locks.md", "# New\n\nA first line.\n\n" + GoldenFixture.locks)
            let passage = try #require(try await GoldenDocuments(fixture.project).passage(of: evidence))
            #expect(passage.line == evidence.line + 4 && passage.quote == evidence.quote)
            #expect(passage.headings.first == "Locks")
        }
    }
}
