import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct PassagePlacerTests {
    private static let words = (1...60).map { "word\($0)" }

    private static func document(_ name: String, _ text: String) -> Document {
        Document(id: DocumentID(name), title: name, text: text, blocks: [])
    }

    private static let tea = "# Tea\n\nSteep *green tea* for\n  two minutes at eighty degrees. Then pour it."
    private static let documents = [
        document("tea.md", tea), document("long.md", "Start.\n\n" + words.joined(separator: " ") + "\n\nEnd."),
        document("twin-1.md", "All rights are reserved by the makers of tea."),
        document("twin-2.md", "Note: all rights are reserved by the makers of tea. Thanks."),
    ]

    /// The texts at which a text was placed, with their documents.
    private func places(_ text: String, in document: Int? = nil) async -> [String] {
        let lookup = PassagePlacer.Lookup(document: document, text: text)
        let places = await PassagePlacer(documents: Self.documents).places(of: [lookup])[lookup] ?? []
        return places.map { span in
            let text = Self.documents.first { $0.id == span.document }?.text ?? ""
            return "\(span.document): \(text.utf8Slice(span.range))"
        }
    }

    @Test(
        "A text is placed to the letter, and without regard to white space and markup, with and without its document",
        arguments: [nil, 0] as [Int?])
    func equal(document: Int?) async {
        #expect(await places("  green tea* for\n  two ", in: document) == ["tea.md: green tea* for\n  two"])
        #expect(
            await places("Steep green tea for two minutes at eighty degrees.", in: document)
                == ["tea.md: Steep *green tea* for\n  two minutes at eighty degrees"])
        #expect(await places("eighty degrees", in: document) == ["tea.md: eighty degrees"])
    }

    @Test func `what a splitter tears in two, or puts in front, does not matter`() async {
        let torn = "d3 " + Self.words[3..<40].joined(separator: " ") + " wor"
        let expected = "long.md: " + Self.words[3..<40].joined(separator: " ")
        for document in [nil, 1] as [Int?] {
            let place = await places(torn, in: document)
            // To the letter where that is there, else from whole word to whole word.
            #expect(place.count == 1 && place[0].contains(expected.dropFirst(9)), "\(place)")
            let header =
                "A document about nothing > with a heading > and another\n" + Self.words[3..<40].joined(separator: " ")
            #expect(await places(header, in: document) == [expected])
            let changed = Self.words[3..<20] + ["and", "so", "on"] + Self.words[22..<40]
            #expect(await places(changed.joined(separator: " "), in: document) == [expected])
        }
    }

    @Test func `what stands in several documents is placed in all of them`() async {
        let text = "all rights are reserved by the makers of tea"
        #expect(
            await places(text) == [
                "twin-1.md: All rights are reserved by the makers of tea",
                "twin-2.md: all rights are reserved by the makers of tea",
            ])
        #expect(await places(text, in: 3) == ["twin-2.md: all rights are reserved by the makers of tea"])
    }

    @Test func `what stands nowhere is placed nowhere`() async {
        for text in [
            "The sea is wide and the sky is blue and I know neither.", "!?", "…",
            Self.words.reversed().joined(separator: " "),
        ] {
            for document in [nil, 1] as [Int?] { #expect(await places(text, in: document) == []) }
        }
        #expect(await places(Self.words[3..<40].joined(separator: " "), in: 0) == [])
        #expect(await PassagePlacer(documents: []).places(of: [.init(document: nil, text: "a b c")]).isEmpty)
    }
}
