import AutoML
import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct StudyPagesTests {
    private static let page: HTTPFields = [.accept: "text/html"]
    private static let question = """
        {"id": "a", "question": "One?", "answers": ["1"], "evidence": [{"document": "d.md", "quote": "one"}]}
        {"id": "b", "question": "Two?", "answers": ["2"], "evidence": [{"document": "d.md", "quote": "two"}]}
        """

    /// A dashboard of a project with a study that `fill` makes.
    private func with(
        _ definition: JSONValue,
        filledBy fill: (NeoDatabase, SQLiteTrialJournal, ContentHash) async throws -> Void,
        _ test: @escaping @Sendable (ServerFixture.Client, String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            for (name, text) in [("neo.yaml", "documents: [d.md]\n"), ("golden.jsonl", Self.question)] {
                try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            }
            try FileManager.default.createDirectory(atPath: folder + "/.neo", withIntermediateDirectories: false)
            let database = try NeoDatabase(path: folder + "/.neo/neo.db")
            let study = ContentHash(of: definition)
            try await fill(database, try await database.openStudy(definition: definition, at: Date()), study)
            let options = ServerOptions(port: 8090, token: nil, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                try await test(ServerFixture.Client(client: $0), "/p/\(project.id)/studies/\(study.short)")
            }
        }
    }

    private static func searching() throws -> JSONValue {
        let parameters = [
            Parameter("dull", .categorical(["x", "y"])), Parameter("matters", .categorical([0, 1, 2])),
        ]
        return [
            "objective": "ndcg", "search": ["a", "b"], "sampler": "random", "seed": "1",
            "space": .array(try parameters.map { try JSONValue(encoding: $0) }),
        ]
    }

    private static func trials(_ ended: Int) -> (NeoDatabase, SQLiteTrialJournal, ContentHash) async throws -> Void {
        { _, journal, _ in try await run(ended, in: journal) }
    }

    /// Trials that have ended, and one that has not.
    private static func run(_ ended: Int, in journal: SQLiteTrialJournal) async throws {
        for number in 0...ended {
            let level = number % 3
            try await journal.begin(
                Trial(
                    number: number,
                    configuration: Configuration(["matters": .integer(level), "dull": number % 2 == 0 ? "x" : "y"]),
                    state: .running, origin: "test"))
            guard number < ended else { continue }
            let value = 0.2 + 0.3 * Double(level) + 0.01 * Double(number % 2)
            try await journal.record(
                ["a", "b"].map { Measurement(item: $0, metrics: ["ndcg": value]) }, ofTrial: number)
            try await journal.finish(trial: number, state: .complete, failure: nil)
        }
    }

    @Test func `which choices matter is told while the search runs, from the trials that have ended`() async throws {
        try await with(
            try Self.searching(), filledBy: Self.trials(12)
        ) { client, path async throws in
            let page = try await client.send(.get, path, headers: Self.page).text
            #expect(page.contains("functional ANOVA over 12 trials that have ended"))
            #expect(page.contains("12 trials are too few to be sure of the order"))
            let csv = try await client.send(.get, path + "/importance.csv").text
            #expect(csv.split(separator: "\r\n").dropFirst().first?.hasPrefix("matters,0.") == true, "\(csv)")
        }
    }

    @Test func `with few trials the page says from when on choices are compared`() async throws {
        try await with(
            try Self.searching(), filledBy: Self.trials(3)
        ) { client, path async throws in
            let page = try await client.send(.get, path, headers: Self.page).text
            #expect(page.contains("Which choices matter is shown from 10 trials on; 3 have ended."))
            #expect(try await client.send(.get, path + "/importance.csv").status == 404)
        }
    }

    @Test func `each trial's answer stands beside the evidence, and one that was not kept is said to be none`()
        async throws
    {
        let definition: JSONValue = ["answers": 1, "objective": "answer_f1", "questions": ["a"], "seed": "1"]
        let configurations = (0..<2).map { Configuration(["generator": .string("model \($0)")]) }
        let fill = { (database: NeoDatabase, journal: SQLiteTrialJournal, study: ContentHash) in
            for (number, configuration) in configurations.enumerated() {
                try await journal.begin(
                    Trial(number: number, configuration: configuration, state: .running, origin: "test"))
                try await journal.record(
                    [Measurement(item: "a", metrics: ["answer_f1": 0.5, "output_tokens": 7])], ofTrial: number)
                try await journal.finish(trial: number, state: .complete, failure: nil)
            }
            let quotes: JSONValue = [
                ["document": "d.md", "text": "<i>one</i>"], ["document": "other.md", "text": "elsewhere"],
            ]
            try await database.record(
                answer: ["text": "It is <b>one</b>.", "abstained": false, "quotes": quotes],
                of: configurations[0].hash, item: "a", study: study)
            try await database.recordEvaluations(
                [Measurement(item: "b", metrics: ["answer_f1": 0.25])], of: configurations[1].hash, split: "held-out",
                study: study)
        }
        try await with(definition, filledBy: fill) { client, path async throws in
            let reply = try await client.send(.get, path + "/question?id=a", headers: Self.page)
            #expect(reply.status == 200 && reply.text.contains("It is &lt;b&gt;one&lt;/b&gt;."))
            #expect(!reply.text.contains("<i>") && !reply.text.contains("<b>one"))
            #expect(reply.text.components(separatedBy: "holds evidence").count == 2, "of d.md, not of other.md")
            #expect(reply.text.contains("not kept") && reply.text.contains("output_tokens 7"))
            let csv = try await client.send(.get, path + "/question/measurements.csv?id=a").text
            #expect(csv.contains("trial,answer_f1,output_tokens,failure,answer\r\n0,0.5,7.0,,It is <b>one</b>.\r\n"))
            let heldOut = try await client.send(.get, path + "/question?id=b", headers: Self.page).text
            #expect(heldOut.contains("Outside of the search") && heldOut.contains("held-out"))
        }
    }
}
