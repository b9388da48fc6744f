import Base
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct DocumentSurveyTests {
    @Test(arguments: [
        ("Write to ada@lovelace.org.", [PersonalData.Kind.email]), ("ada@example.com, git@github.com, a@2x.png", []),
        ("@Test and a@b are none", []), ("Call +49 30 1234567 or +1 (212) 555-0100.", [.phone, .phone]),
        ("1+2345678 is a sum, +123 is short, +0123456789 is none", []),
        // The examples of the registry of ISO 13616, and one digit changed.
        ("DE89 3704 0044 0532 0130 00 and GB82WEST12345698765432", [.iban, .iban]),
        ("DE88 3704 0044 0532 0130 00 and DE8937040044053201300", []),
        // Numbers that issuers publish for tests, and one digit changed.
        ("4111 1111 1111 1111, 5555-5555-5555-4444, 378282246310005", [.paymentCard, .paymentCard, .paymentCard]),
        ("4111 1111 1111 1112, 0000 0000 0000 0000, 1234567890123456", []),
    ])
    func `personal data are told by their form and their check digits`(text: String, kinds: [PersonalData.Kind]) {
        #expect(PersonalData.all(in: Array(text.utf8)).map(\.kind) == kinds)
    }

    @Test func `the line of what was found is told`() {
        #expect(PersonalData.all(in: Array("\n\nx ada@lovelace.org\n+493012345678".utf8)).map(\.line) == [3, 4])
    }

    @Test func `an estimate of likeness is near the share of equal shingles`() throws {
        var random = SplitMix64(seed: 5)
        let words = (0..<1_000).map { _ in "w\(random.next() % 1_000_000)" }
        // Other words at the end: of 996 and 996 shingles 796 are shared, which is 796 of 1,196.
        let changed = words.prefix(800) + (0..<200).map { "v\($0)" }
        let left = try #require(MinHash(Array(words.joined(separator: " ").utf8)))
        let right = try #require(MinHash(Array(changed.joined(separator: " ").utf8)))
        // Four standard deviations of 64 draws.
        #expect(abs(left.similarity(to: right) - 0.666) < 0.24)
        #expect(left == MinHash(Array(words.joined(separator: ",\n").uppercased().utf8)))
        #expect(MinHash(Array("too short".utf8)) == nil)
    }

    private func text(_ seed: UInt64, words: Int = 300) -> String {
        var random = SplitMix64(seed: seed)
        return (0..<words).map { _ in "w\(random.next() % 100_000)" }.joined(separator: " ")
    }

    @Test func `documents are counted with their formats, languages, copies, dates and personal data`() async throws {
        try await withTemporaryDirectory { folder in
            func write(_ name: String, _ text: String) throws {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            let german = "Der Tee soll nicht zu lange ziehen, weil er sonst bitter wird und nicht mehr schmeckt.\n"
            try write("neo.yaml", "documents: [d/*]\n")
            try FileManager.default.createDirectory(atPath: folder + "/d", withIntermediateDirectories: false)
            try write("d/a.md", "---\ndate: 2015-03-01\n---\n# Tee\n\n" + german)
            try write("d/b.txt", "The tea should not steep for too long, or it will be bitter and nobody likes it.\n")
            try write("d/c.txt", "The tea should not steep for too long, or it will be bitter and nobody likes it.\n")
            try write("d/e.txt", text(1))
            try write("d/f.txt", text(1) + " and one more")
            try write(
                "d/g.md", "---\ndate: 2001-01-01\n---\n\nIt is the account of the house.\n\nDE89370400440532013000\n")
            try Data([0, 1, 2, 0xFF, 0]).write(to: URL(filePath: folder + "/d/h.txt"))
            let project = try Project(opening: folder)
            let survey = try await DocumentSurvey.of(project)
            #expect(survey.files == 7 && survey.documents == 5 && survey.formats == ["markdown": 2, "text": 5])
            #expect(survey.languages["de"] == 1 && survey.languages["en"] == 2)
            #expect(survey.copies == 1 && survey.nearCopies == 1)
            #expect(
                Set(survey.copyExamples) == [
                    .init(document: "c.txt", original: "b.txt"), .init(document: "f.txt", original: "e.txt"),
                ])
            #expect(survey.personal == [.init(kind: .iban, count: 1, documents: 1, places: ["g.md:7"])])
            #expect(survey.dates?.oldest == "2001-01-01")
            #expect(survey.unread == 1 && survey.unreadExamples.first?.file == "d/h.txt")
            // The number itself stands nowhere in what is kept or shown.
            let kept = try String(contentsOfFile: folder + "/.neo/survey.json", encoding: .utf8)
            #expect(!kept.contains("DE8937") && !survey.text.contains("DE8937"))

            // What is kept is taken as long as no file changes.
            try kept.replacing("\"documents\": 5", with: "\"documents\": 55").write(
                toFile: folder + "/.neo/survey.json", atomically: true, encoding: .utf8)
            #expect(try await DocumentSurvey.of(project).documents == 55)
            try write("d/i.md", "# More\n")
            #expect(try await DocumentSurvey.of(project).documents == 6)
        }
    }

    @Test func `ages are counted from the day of the interview`() {
        var survey = DocumentSurvey(source: ContentHash(of: "x"))
        survey.dates = .init(oldest: "2001-01-01", median: "2026-11-01", newest: "2026-11-21")
        let facts = survey.facts(at: Date(timeIntervalSince1970: 1_795_305_600))
        #expect(facts["survey.newestAge"] == 1 && facts["survey.medianAge"] == 21)
        #expect(Set(facts.keys).isSubset(of: DocumentSurvey.factNames))
    }
}
