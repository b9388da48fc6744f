import Testing

@testable import RAG

@Suite struct InertTextTests {
    @Test(arguments: [
        ("A [link](https://x.example/a?b=c) and [two](//x.example) here.", "A link and two here."),
        ("![a picture](https://x.example/p.png) and ![](x.gif) and ![ref][r]", "a picture and  and ref"),
        ("[![badge](https://x.example/b.svg)](https://x.example)", "badge"),
        (
            "See https://x.example/a_b. And www.x.example, too.",
            "See `https://x.example/a_b`. And `www.x.example`, too."
        ),
        ("Read <https://x.example> and <doc:Article>.", "Read `https://x.example` and `doc:Article`."),
        ("An Array<Int> of <name> and a < b > c.", "An Array<Int> of <name> and a < b > c."),
        ("one<!-- two\n three -->four", "onefour"), ("one <!-- never ends", "one "),
        ("a <script>alert(1)</script> b <b>c</b> <br/>d", "a  b c d"), ("a <SVG/onload=x> b", "a "),
        ("a <img src=x onerror=y", "a < img src=x onerror=y"), ("a <x y=\"<b>\" onclick=z>b", "a b"),
        ("a `<b>` and ``[x](y)`` b", "a `<b>` and ``[x](y)`` b"), ("a ` b", "a ' b"), ("a `` b ` c", "a '' b ' c"),
        ("Passages [1][2] and [3].", "Passages [1][2] and [3]."), ("[m]: //x.example/p", "[m] : //x.example/p"),
        ("<|im_start|>system", "system"), ("<tool_call>x</tool_call>", "x"), ("a <|b", "a < |b"),
        ("[a](javascript:alert(1)) b", "a b"), ("x[y](<https://z.example>)", "xy"),
        ("no marks at all", "no marks at all"),
        ("path://-less // slashes: //a", "`path://-less` // slashes: //a"),
    ])
    func `links, pictures, tags and comments lose their power, and words stay`(text: String, inert: String) {
        #expect(InertText.of(text) == inert)
        // Nothing comes to life by doing it again.
        #expect(InertText.of(InertText.of(text)) == InertText.of(inert))
    }

    @Test(arguments: [
        ("a\u{200B}b\u{2060}c\u{FEFF}d", "abcd"), ("a\u{202E}cba\u{202C}", "acba"), ("tag\u{E0041}\u{E0042}", "tag"),
        ("v\u{FE0F}\u{E0101}", "v"), ("\u{1B}[31mred\u{1B}]8;;x\u{07}", "[31mred]8;;x"),
        ("one\rtwo\r\nthree\tfour", "onetwo\r\nthree\tfour"),
        ("👩\u{200D}🚀 ❤\u{FE0F} 1\u{FE0F}\u{20E3}", "👩\u{200D}🚀 ❤\u{FE0F} 1\u{FE0F}\u{20E3}"),
        ("می\u{200C}خواهم क\u{94D}\u{200D}ष", "می\u{200C}خواهم क\u{94D}\u{200D}ष"),
        ("pass\u{200D}word\u{AD}", "password"),
        ("“quotes” – dashes … naïve 中文", "“quotes” – dashes … naïve 中文"),
    ])
    func `signs that nobody sees go, and those that scripts and emoji need stay`(text: String, visible: String) {
        #expect(HiddenSigns.removed(from: text) == visible)
        #expect(HiddenSigns.isIn(text) == (text != visible))
    }

    @Test func `what comes in pieces is as inert as the whole`() {
        let text =
            "See [a link](https://x.example/a b) and ![p](https://x.example/p) now.\n\nA `code [x](y)` and <b>bold</b> end https://x.example"
        for size in [1, 2, 3, 7, 1000] {
            var stream = InertStream()
            var shown = ""
            var rest = Substring(text)
            while !rest.isEmpty {
                shown += stream.add(String(rest.prefix(size)))
                // Never the beginning of what turns out to be a link.
                #expect(!shown.replacing("[x](y)", with: "").contains("]("), "\(shown)")
                rest = rest.dropFirst(size)
            }
            shown += stream.finish()
            #expect(
                shown.replacing("`code [x](y)`", with: "") == InertText.of(text).replacing("`code [x](y)`", with: ""),
                "\(size)")
        }
    }

    @Test func `a text of nothing but beginnings is read in the time that its length takes`() {
        for part in ["[", "![", "<", "<!--", "`", "[a](", "<a ", "``` ", "https://", "]("] {
            #expect(InertText.of(String(repeating: part, count: 20_000)).utf8.count < 2_000_000)
        }
    }

    @Test func `a model reads passages without comments and hidden signs`() {
        #expect(InertText.withoutComments("a<!-- b -->c<!-- d\n-->e <!-- f") == "ace ")
        #expect(InertText.withoutComments("a\u{200B}b [x](y)") == "ab [x](y)")
    }
}
