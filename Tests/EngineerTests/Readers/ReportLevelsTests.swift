import AutoML
import Base
import Statistics
import Testing

@testable import Engineer

@Suite struct ReportLevelsTests {
    /// Results with all that is explained: trials compared, a constraint, finalists.
    private static func results(
        _ kind: SearchResults.EstimateKind = .heldOut, difference: SearchResults.Estimate? = nil
    ) throws -> SearchResults {
        var results = ReportTests.results(kind: kind)
        if let difference { results.verdict.difference = difference }
        results.inference = SearchResults.Inference(
            leader: 1, error: 0.05, margin: 0.02,
            trials: [
                .init(
                    trial: 0, verdict: .undetermined, pValue: 0.5,
                    difference: SearchResults.Estimate(value: 0.1, lower: -0.2, upper: 0.4))
            ])
        results.timings[FinalistMeasurement.key] = try JSONValue(
            encoding: FinalistMeasurement(
                requests: 60, finalists: [Finalist(trial: 1, requests: 60, failures: 0, indexBytes: 10)],
                predictions: [], unpredicted: 0, discarded: 0))
        results.decision = Decision([
            Decision.Candidate(
                trial: 1, outcome: .feasible,
                findings: [
                    .init(constraint: "index_size <= 1 MB", value: 10, measured: "10 B", outcome: .feasible, excess: -1)
                ])
        ])
        return results
    }

    private static func texts(_ results: SearchResults) -> [LeveledText] {
        ReportContent(results: results).blocks.compactMap { if case .levels(let text) = $0 { text } else { nil } }
    }

    @Test func `the result, the trials, the constraints and the front are told at three levels, each its own`() throws {
        let texts = Self.texts(try Self.results())
        #expect(texts.count == 4 && texts.allSatisfy { $0.levels == ReaderLevel.allCases })
        for text in texts {
            #expect(Set(ReaderLevel.allCases.map { text[$0] }).count == 3)
            #expect(text.newcomer.contains("What can go wrong"))
            #expect(text.expert.contains("The rows: "))
        }
    }

    @Test func `a text at three levels is the last of its section, so that nothing else is folded with it`() throws {
        let blocks = ReportContent(results: try Self.results()).blocks
        for (block, next) in zip(blocks, blocks.dropFirst()) {
            guard case .levels = block else { continue }
            guard case .heading = next else {
                Issue.record("\(next) stands below a text for experts")
                continue
            }
        }
        let lines = MarkdownReport.render(try Self.results()).split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.joined(separator: "\n")
        let groups = LeveledGroup.groups(of: DocumentLine.lines(of: text), count: lines.count)
        #expect(groups.count == 4 && groups.allSatisfy { $0.parts.map(\.level) == ReaderLevel.allCases })
    }

    @Test(arguments: ReaderLevel.allCases)
    func `the page opens the text for its reader, and has the others`(reader: ReaderLevel) throws {
        let html = HTMLReport.render(try Self.results(), for: reader)
        let open = html.matches(of: /<details open>\n<summary>(.*?)<\/summary>/).map { String($0.output.1) }
        #expect(open == Array(repeating: reader.heading, count: 4))
        #expect(html.matches(of: /<details>/).count == 8)
        #expect(html.contains("Open here: \(reader.title)."))
        let plain = HTMLReport.render(try Self.results(), for: .newcomer).replacing(" open>", with: ">")
        #expect(
            html.replacing(" open>", with: ">").replacing("Open here: \(reader.title)", with: "Open here: new to this")
                == plain)
    }

    @Test func `what is said fits how the number was found`() throws {
        let heldOut = VerdictReading(results: try Self.results()).text
        #expect(heldOut.newcomer.contains("Plan with its worse end, 0.550,"))
        #expect(heldOut.newcomer.contains("on the good side of 0"))
        #expect(heldOut.practitioner.contains("a difference of less than 0.100 cannot be told from none"))
        #expect(heldOut.expert.contains("AND split = 'held-out'\""))
        let crossFitted = VerdictReading(results: try Self.results(.crossFitted)).text
        #expect(!crossFitted.practitioner.contains("noise floor") && crossFitted.expert.contains("algorithm 4"))
        let same = VerdictReading(results: try Self.results(.search)).text
        #expect(same.newcomer.contains("seen the exam before") && same.expert.contains("upward bias"))
        let open = SearchResults.Estimate(value: 0.02, lower: -0.1, upper: 0.14)
        #expect(
            VerdictReading(results: try Self.results(difference: open)).text.newcomer.contains("may be none at all"))
        let loss = SearchResults.Estimate(value: -0.2, lower: -0.3, upper: -0.1)
        #expect(
            VerdictReading(results: try Self.results(difference: loss)).text.practitioner.contains("keep the default"))
    }

    @Test func `hostile names stay text at every level`() throws {
        var results = try Self.results()
        results.study = "</details><script>"
        results.objective = Objective("#### For experts\n\n<b>")
        let html = HTMLReport.render(results)
        #expect(!html.contains("<script") && !html.contains("<b>"))
        let markdown = MarkdownReport.render(results)
        let count = markdown.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(LeveledGroup.groups(of: DocumentLine.lines(of: markdown), count: count).count == 4)
    }
}
