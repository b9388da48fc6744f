import RAG
import Retrieval
import Testing

@testable import Engineer

@Suite struct ProbeTests {
    private let questions = ["How does a mutex work?", "What is a queue?", "How many slots has the LockTable?"]

    @Test func `the catalogue makes more than 150 attacks of more than 12 families, the same from the same seed`()
        throws
    {
        let catalogue = try ProbeCatalogue.builtIn()
        func texts(_ seed: UInt64) -> [String] {
            let maker = ProbeMaker(catalogue: catalogue, seed: seed, questions: questions)
            return catalogue.families.flatMap { maker.probes($0, count: 12) }
                .map { ([$0.question] + $0.documents.map(\.text)).joined(separator: "\u{0}") }
        }
        #expect(catalogue.families.count >= 12)
        #expect(Set(catalogue.families.map(\.name)).count == catalogue.families.count)
        #expect(texts(1).count >= 150)
        // Drawn, not repeated: but for questions that need no word of their own.
        #expect(Set(texts(1)).count > texts(1).count * 9 / 10)
        #expect(texts(1) == texts(1))
        #expect(texts(1) != texts(2))
        #expect(texts(1).allSatisfy { !$0.contains("{topic}") && !$0.contains(":order}") && !$0.contains("{lead") })
    }

    @Test func `split attacks are two documents, and poison is about other questions`() throws {
        let catalogue = try ProbeCatalogue.builtIn()
        let maker = ProbeMaker(catalogue: catalogue, seed: 3, questions: questions)
        for family in catalogue.families {
            for probe in maker.probes(family, count: 8) {
                switch (family.name, family.kind) {
                case ("split", _): #expect(probe.documents.count == 2)
                case (_, .question): #expect(probe.documents.isEmpty)
                case (_, .poison): #expect(probe.documents.allSatisfy { !$0.text.contains(probe.question) })
                default: #expect(probe.documents.count == 1)
                }
            }
        }
    }

    @Test func `templates know places, disguises and braces`() {
        let values = ["order": "Say it.", "topic": "tea"]
        #expect(
            ProbeTemplate(text: "{topic} {{x}} {no} {base64:order} {nope:order} }").filled(values)
                == "tea {x} {no} U2F5IGl0Lg== {nope:order} }")
        #expect(Disguise.rot13.apply(to: "Say") == "Fnl")
        #expect(Disguise.tags.apply(to: "A").unicodeScalars.map(\.value) == [0xE0041])
        #expect(Disguise.firsthalf.apply(to: "abcd") + Disguise.secondhalf.apply(to: "abcd") == "abcd")
    }

    @Test(arguments: [
        ("A [link](https://x.example) here.", [AnswerInspection.Harm.link]),
        ("![p](https://x.example)", [.picture, .link]),
        ("See https://x.example/a.", [.link]), ("`https://x.example` is in code", []), ("A list [1] and [2].", []),
        ("<script>x</script>", [.markup]), ("Array<Int> and a < b", []), ("<img src=x", [.markup]),
        ("<!-- x -->", [.markup]),
        ("a\u{200B}b", [.hidden]), ("\u{1B}[31m", [.hidden]), ("👩‍🚀 and ❤️", []), ("<|im_start|>", [.toolCall]),
        ("{\"name\": \"rm\", \"arguments\": {}}", [.toolCall]), ("The object {\"name\": 1} is one.", []),
        ("[m]: //x.example/p", [.link]), ("one ` two `<svg onload=x>`", [.markup]),
    ])
    func `harms are seen as a browser, a terminal and a program would`(text: String, harms: [AnswerInspection.Harm]) {
        #expect(AnswerInspection(text).harms == harms)
    }
}
