import Base
import Testing

@testable import Engineer

@Suite struct RequirementsReadingTests {
    private static let document: RequirementsDocument = {
        var document = RequirementsDocument()
        document.foreword = RequirementsReading.foreword
        document.requirements = [
            Requirement(
                id: "R1", text: "The service shall answer within 2 s.", metric: "latency p95",
                criterion: Criterion(.atMost, 2, "s"), measurement: "neo search", source: "Ada")
        ]
        return document
    }()

    @Test func `what stands before the requirements reads back as it is, and is found at three levels`() {
        let text = RequirementsMarkdown.text(of: Self.document)
        #expect(RequirementsReader(text).document == Self.document)
        #expect(RequirementsLinter.findings(in: Self.document, lines: [1]).isEmpty)
        let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
        let groups = LeveledGroup.groups(of: DocumentLine.lines(of: text), count: count)
        #expect(groups.map { $0.parts.map(\.level) } == [ReaderLevel.allCases])
        let requirement = DocumentLine.lines(of: text).first { $0.text == "R1" }
        #expect(groups.first?.parts.last.map { $0.lines.upperBound < requirement?.number ?? 0 } == true)
    }

    @Test func `each verdict is explained in three ways`() {
        let texts = RequirementVerdict.State.allCases.flatMap { state in
            ReaderLevel.allCases.map { state.explanation[$0] }
        }
        #expect(Set(texts).count == 15 && !texts.contains(""))
        let all = ProjectStatus.explanations(first: .expert)
        #expect(texts.allSatisfy { all.contains($0) })
        let places = ["who are experts", "who are new to this", "who are practitioners"].compactMap {
            all.firstRange(of: $0)?.lowerBound
        }
        #expect(places.count == 3 && places == places.sorted())
    }
}
