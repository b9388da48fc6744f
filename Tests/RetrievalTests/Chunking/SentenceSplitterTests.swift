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
    ])
    func `Prose is cut where sentences end`(text: String, sentences: [String]) {
        #expect(SentenceSplitter.ranges(in: text).map { text.utf8Slice($0) } == sentences)
    }
}
