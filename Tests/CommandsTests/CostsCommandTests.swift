import Base
import FoundationEssentials
import LanguageModels
import Processes
import Storage
import TestSupport
import Testing

@Suite struct CostsCommandTests {
    private static func call(
        _ model: String, _ role: String, day: Int, dollars: Double?, usage: TokenUsage?, outcome: CallOutcome = .ok,
        isCacheHit: Bool = false
    ) -> CallRecord {
        var call = CallRecord(
            purpose: CallPurpose(
                project: "p", study: day > 1 ? "5d41402abc4b2a76" : nil, trial: day > 1 ? day : nil, role: role),
            endpoint: "e", model: model, started: Date(timeIntervalSince1970: 1_795_000_000 + Double(day) * 86_400),
            outcome: outcome)
        call.isCacheHit = isCacheHit
        call.dollars = dollars
        call.usage = usage
        call.milliseconds = 1_500
        if model == "gpt-4o-mini" {
            call.price = ["input": 0.15, "output": 0.6, "source": "https://example.com/prices", "date": "2026-11-21"]
        }
        return call
    }

    private static func fill(_ neo: NeoProcess) async throws {
        let ledger = try await CallLedger(NeoDatabase(path: neo.folder + "/p/.neo/neo.db"))
        let counted = TokenUsage(inputTokens: 1_234, outputTokens: 56)
        let guessed = TokenUsage(inputTokens: 100, outputTokens: 20, isEstimated: true)
        for call in [
            call("gpt-4o-mini", "judge", day: 1, dollars: 0.0125, usage: counted),
            call("gpt-4o-mini", "judge", day: 2, dollars: 0, usage: counted, isCacheHit: true),
            call("gpt-4o-mini", "judge", day: 2, dollars: nil, usage: nil, outcome: .failed("unreachable")),
            call("smollm2", "generator", day: 2, dollars: 0, usage: counted),
            call("\u{1b}[31mhostile", "generator", day: 3, dollars: nil, usage: guessed),
        ] { try await ledger.record(call) }
        try await ledger.setBudget("study", .usd, to: 1)
    }

    @Test func `An empty ledger gets a sentence, and none is made`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.check("costs", "p")
            #expect(result.output == "No language model was asked for p yet, so nothing was spent.\n")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/p/.neo/neo.db"))
            let json = try JSONValue(parsing: try await neo.check("costs", "p", "--json").output)
            #expect(json["rows"] == [] && json["together"]?["dollars"] == 0)
        }
    }

    @Test func `Costs are shown as they were looked at`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await Self.fill(neo)
            var text = ""
            for grouping in CallGrouping.allCases {
                text += "$ neo costs p --by \(grouping.rawValue)\n"
                text += try await neo.check("costs", "p", "--by", grouping.rawValue).output + "\n"
            }
            text += "$ neo costs p --since 2026-11-21\n"
            text += try await neo.check("costs", "p", "--since", "2026-11-21").output
            if let difference = try GoldenFile("costs/costs.txt", beside: #filePath).difference(from: text) {
                Issue.record("\(difference)")
            }
            let json = try JSONValue(parsing: try await neo.check("costs", "p", "--json").output)
            let unknown = json["rows"]?.array?.first { $0["group"]?.string?.contains("hostile") ?? false }
            #expect(unknown?["dollars"] == .null && unknown?["calls_of_unknown_price"] == 1)
            #expect(json["budgets"]?.array?.first?["amount"] == 1)
            #expect(json["prices"]?.array?.map { $0["price"]?["date"] } == ["2026-11-21"])
        }
    }

    @Test func `What is no date, no grouping or no project is refused with a sentence`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let date = try await neo.run("costs", "p", "--since", "yesterday")
            #expect(date.status == 1 && date.errorOutput.contains("`yesterday` is no date. Give a day as 2026-11-21"))
            #expect(try await neo.run("costs", "p", "--by", "colour").status == 2)
            #expect(try await neo.run("costs", "nowhere").status == 1)
            try neo.write("p/.neo/neo.db", String(repeating: "x", count: 5_000))
            let damaged = try await neo.run("costs", "p")
            #expect(damaged.status == 1 && damaged.errorOutput.contains("is not a database"))
        }
    }
}
