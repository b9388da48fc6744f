import Base
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ReaderEstimateTests {
    private func estimate(_ signs: [ReaderEstimate.Sign]) -> ReaderEstimate {
        var estimate = ReaderEstimate()
        for sign in signs { estimate.note(sign) }
        return estimate
    }

    @Test func `a reader of whom nothing was seen is a practitioner`() {
        #expect(ReaderEstimate().level == .practitioner)
        #expect(ReaderEstimate().posterior == [.newcomer: 0.25, .practitioner: 0.5, .expert: 0.25])
    }

    @Test func `the posterior is that of Bayes`() throws {
        let posterior = estimate([.wroteTerms, .openedStudy]).posterior
        let weights = (0.25 * 0.05 * 0.2, 0.5 * 0.3 * 0.4, 0.25 * 0.6 * 0.5)
        let sum = weights.0 + weights.1 + weights.2
        #expect(abs(try #require(posterior[.newcomer]) - weights.0 / sum) < 1e-12)
        #expect(abs(try #require(posterior[.expert]) - weights.2 / sum) < 1e-12)
        #expect(abs(posterior.values.reduce(0, +) - 1) < 1e-12)
    }

    @Test(arguments: [
        ([ReaderEstimate.Sign.unfoldedNewcomer], ReaderLevel.practitioner),
        ([.unfoldedNewcomer, .askedMeaning], .newcomer), ([.unfoldedExpert], .practitioner),
        ([.unfoldedExpert, .wroteTerms], .expert),
        ([.unfoldedExpert, .unfoldedNewcomer, .unfoldedPractitioner], .practitioner),
        (Array(repeating: .openedCosts, count: 1000), .practitioner),
    ])
    func `one sign is not enough, and two that agree are`(_ given: ([ReaderEstimate.Sign], ReaderLevel)) {
        #expect(estimate(given.0).level == given.1)
    }

    @Test func `what is seen again and again counts three times`() {
        let many = estimate(Array(repeating: .openedStudy, count: 400))
        #expect(many.posterior == estimate(Array(repeating: .openedStudy, count: 3)).posterior)
        #expect(many.signs.first?.count == 400)
    }

    @Test(arguments: [
        ("nDCG@10 falls when the chunk overlap grows.", [ReaderEstimate.Sign.wroteTerms]),
        ("What is a reranker?", [.askedMeaning]), ("Was bedeutet das?", [.askedMeaning]),
        ("What does recall mean for the tokenizer?", [.wroteTerms, .askedMeaning]), ("The recall is low.", []),
        ("", []),
        ("It names the place.", []),
    ])
    func `words tell who knows the field and who asks for it`(_ text: String, _ signs: [ReaderEstimate.Sign]) {
        var estimate = ReaderEstimate()
        estimate.note(answer: .string(text))
        #expect(estimate.signs.map(\.sign) == signs)
    }

    @Test func `an answer that nobody knows is a sign, and a number is none`() {
        var estimate = ReaderEstimate()
        estimate.note(answer: 2)
        #expect(estimate.signs.isEmpty)
        estimate.note(answer: nil)
        #expect(estimate.signs.map(\.sign) == [.didNotKnow])
    }

    @Test func `a machine keeps what it knows of its reader`() async throws {
        try await withTemporaryDirectory { folder in
            let file = ReaderFile(["NEO_HOME": folder + "/new"])
            #expect(
                file.path == folder + "/new/reader.json"
                    && ReaderFile(["XDG_CONFIG_HOME": "/x"]).path == "/x/neo/reader.json")
            #expect(try file.read() == ReaderProfile())
            try file.change { $0.chosen = .expert }
            try file.change { $0.estimate.note(.openedData) }
            let known = try file.read()
            #expect(known.level == .expert && known.estimate.signs.map(\.count) == [1])
            try file.change { $0.chosen = nil }
            #expect(try file.read().level == .practitioner)
            for damaged in ["{", #"{"chosen": "guru", "estimate": {"seen": {}}}"#] {
                try Data(damaged.utf8).write(to: URL(filePath: file.path))
                let error = #expect(throws: EngineerError.self) { try file.read() }
                #expect(error?.message.contains("reader.json is damaged. Remove it") == true)
            }
            // A sign of another version is no reason to forget the rest.
            try Data(#"{"estimate": {"seen": {"other": 3, "openedStudy": -5}}}"#.utf8).write(
                to: URL(filePath: file.path))
            #expect(try file.read().level == .practitioner)
        }
    }
}
