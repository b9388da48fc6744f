import Base
import Testing

@testable import Retrieval

@Suite struct SentenceSplitterTests {
    @Test(arguments: [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("See e.g. Fig. 3 by J. Smith. Next one.", ["See e.g. Fig. 3 by J. Smith.", "Next one."]),
        ("He said \"stop.\" Then (he left.) Done", ["He said \"stop.\"", "Then (he left.)", "Done"]),
        ("Version 1.2 of foo.bar is out.", ["Version 1.2 of foo.bar is out."]),
        ("It costs approx. five. yes", ["It costs approx. five. yes"]),
        ("Hard\nwrapped line. New\nline.", ["Hard\nwrapped line.", "New\nline."]),
        ("A paragraph\n\nAnother", ["A paragraph", "Another"]),
        ("これは文。次の文！終わり", ["これは文。", "次の文！", "終わり"]),
        ("  ", []), ("", []), ("...", ["..."]),
        ("Ask Dr. Smith about it. He knows.", ["Ask Dr. Smith about it.", "He knows."]),
        ("Use 3.5 or 2.0. Then go.", ["Use 3.5 or 2.0.", "Then go."]),
        ("Call `a. B` twice. Then stop.", ["Call `a. B` twice.", "Then stop."]),
        ("Write ``x. `Y` z. W`` there. Done.", ["Write ``x. `Y` z. W`` there.", "Done."]),
        ("A ` alone. Next one.", ["A ` alone.", "Next one."]),
        ("(It works.) Try “it.” Go on.", ["(It works.)", "Try “it.”", "Go on."]),
        ("Wait... Go on… Then stop.", ["Wait...", "Go on…", "Then stop."]),
        ("It ends. but goes on. élan too", ["It ends. but goes on. élan too"]),
        ("「速い。」と言う。価格は3.5円！", ["「速い。」", "と言う。", "価格は3.5円！"]),
        ("1. Take one. 2. Take two.", ["1. Take one.", "2. Take two."]),
        ("No. 5 lives. The answer is no. See Fig. 2.", ["No. 5 lives.", "The answer is no.", "See Fig. 2."]),
        ("The U.S. Congress met in the U.S. It rained.", ["The U.S. Congress met in the U.S.", "It rained."]),
        (
            "Roe v. Wade by Acme Inc. lawyers. Fees, etc. The end.",
            ["Roe v. Wade by Acme Inc. lawyers.", "Fees, etc.", "The end."]
        ),
        ("So did I. You too.", ["So did I.", "You too."]),
    ])
    func `Prose is cut where sentences end`(text: String, sentences: [String]) {
        #expect(SentenceSplitter.ranges(in: text).map { text.utf8Slice($0) } == sentences)
    }

    @Test func `A part is read as if nothing stood around it`() {
        let bytes = Array("e.g. One. Two`. Three` end.".utf8)
        #expect(SentenceSplitter.ranges(in: bytes, within: 5..<15) == [5..<9, 10..<15])
    }
}
