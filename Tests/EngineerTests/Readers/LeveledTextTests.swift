import Testing

@testable import Engineer

@Suite struct LeveledTextTests {
    private static func groups(_ lines: [String]) -> [LeveledGroup] {
        let text = lines.joined(separator: "\n")
        return LeveledGroup.groups(of: DocumentLine.lines(of: text), count: lines.count)
    }

    @Test func `a text at three levels is three sections, which are found again`() {
        let text = LeveledText(newcomer: "It tries many.", practitioner: "TPE.\n\n- 200 trials\n", expert: "")
        #expect(
            text.lines == [
                "#### New to this", "", "It tries many.", "", "#### For practitioners", "", "TPE.", "", "- 200 trials",
            ])
        let group = Self.groups(["# Design", ""] + text.lines + ["", "## Next", "", "Words."])
        #expect(group.map { $0.parts.map(\.level) } == [[.newcomer, .practitioner]])
        #expect(group.first?.parts.map(\.lines) == [3...6, 7...12])
    }

    @Test(arguments: [
        "#### For experts\nMine.", "# Top", "```\nopen", "~~~~ swift\r\n# no heading\r\n", "   ## Indented", "",
    ])
    func `whatever a text holds, it stays in its part`(_ hostile: String) {
        let text = LeveledText(newcomer: hostile, practitioner: "Between.", expert: hostile)
        let lines = text.lines + ["", "## Next"]
        let groups = Self.groups(lines)
        let levels: [ReaderLevel] = hostile.isEmpty ? [.practitioner] : [.newcomer, .practitioner, .expert]
        #expect(groups.map { $0.parts.map(\.level) } == [levels])
        #expect(groups.last?.parts.last?.lines.upperBound == lines.count - 1)
    }

    @Test func `each group has a level once, and other headings are nobody's`() {
        let lines = [
            "#### For experts", "A", "#### For experts", "B", "##### Detail", "C", "#### Else", "D", "#### new to this",
            "#### New to this", "E",
        ]
        #expect(
            Self.groups(lines).map { $0.parts.map(\.lines) } == [[1...2], [3...6], [10...11]])
    }

    @Test(arguments: [
        ([ReaderLevel.newcomer, .practitioner, .expert], ReaderLevel.expert, ReaderLevel.expert),
        ([.newcomer, .practitioner], .expert, .practitioner), ([.newcomer, .expert], .practitioner, .newcomer),
        ([.expert], .newcomer, .expert),
    ])
    func `the nearest level is opened where the reader's own is missing`(
        _ given: ([ReaderLevel], ReaderLevel, ReaderLevel)
    ) {
        #expect(given.1.nearest(of: given.0) == given.2)
    }

    @Test func `the text for the reader comes first, and nothing is lost`() {
        let one = LeveledText(newcomer: "n1", practitioner: "p1", expert: "e1").lines
        let two = LeveledText(newcomer: "n2", practitioner: "p2", expert: "").lines
        let text = (["# T", "#### Else", "x"] + one + ["", "", "# U", ""] + two).joined(separator: "\n") + "\n"
        let ordered = LeveledGroup.ordered(text, for: .expert)
        let places = ["e1", "n1", "p1", "# U", "p2", "n2"].compactMap { ordered.firstRange(of: $0)?.lowerBound }
        #expect(places.count == 6 && places == places.sorted())
        #expect(ordered.split(separator: "\n").sorted() == text.split(separator: "\n").sorted())
        #expect(LeveledGroup.ordered(ordered, for: .newcomer) == text)
        #expect(
            LeveledGroup.ordered("#### For experts\nE\n#### New to this\nN", for: .newcomer)
                == "#### New to this\nN\n\n#### For experts\nE")
        #expect(LeveledGroup.ordered("No levels.\r\n", for: .expert) == "No levels.\r\n")
    }
}
