import Base
import Foundation
import Retrieval
import Testing

@testable import Documents

@Suite struct HTMLParserTests {
    private func parse(_ html: String, full: Bool = false) -> ParsedText {
        HTMLParser.parse(Array(html.utf8), extent: full ? .full : .main)
    }

    /// The blocks as `kind:text`.
    private func blocks(_ html: String, full: Bool = false) -> [String] {
        let parsed = parse(html, full: full)
        return parsed.blocks.map { block in
            let kind =
                switch block.kind {
                case .heading(let level): "h\(level)"
                case .paragraph: "p"
                case .code: "code"
                case .list: "list"
                case .table: "table"
                }
            return "\(kind):\(parsed.text.utf8Slice(block.range))"
        }
    }

    @Test(
        "Blocks",
        arguments: [
            ("<h1>A  <b>b</b></h1><p>c\n d<br>e", ["h1:# A b", "p:c d e"]),
            ("<div>one<div>two</div>three</div>", ["p:one", "p:two", "p:three"]),
            ("<ul><li>a<li><b>b</b> c<ul><li>d</ul></ul>", ["list:- a\n- b c\n  - d"]),
            ("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>", ["list:1. a\n2. b\n  c"]),
            ("<dl><dt>term<dd>meaning</dl>", ["list:- term\n- meaning"]),
            ("<table><tr><th>a<th>b<tr><td>1<td><p>2</p></table><p>x", ["table:a | b\n1 | 2", "p:x"]),
            ("<pre>\n  a  b\n\n  <b>c</b>\n</pre>", ["code:```\n  a  b\n\n  c\n```"]),
            ("<pre>a ``` b</pre>", ["code:````\na ``` b\n````"]),
            ("a<script>x</script><style>y</style><!-- z -->b", ["p:a b"]),
            ("&auml;&nbsp;&#8364; &lt;x&gt; &unknown;", ["p:ä\u{A0}€ <x> &unknown;"]),
            ("<p hidden>no</p><p aria-hidden=true>no</p><p style='display: none'>no</p>yes", ["p:yes"]),
            ("<title>t</title><main><p>a</main><nav>b</nav>", ["p:a", "p:b"]),
            ("<svg><title>no</title></svg><p>a", ["p:a"]),
            ("", []), ("plain", ["p:plain"]), ("<", ["p:<"]), ("</p></div>", []),
        ])
    func structure(html: String, expected: [String]) {
        #expect(blocks(html, full: true) == expected)
    }

    private static let page = """
        <!doctype html><html lang="en-GB"><head><title>Tea &amp; more</title>
        <meta property="article:published_time" content="2023-04-05T10:00:00Z"><meta name=author content="A. B.">
        <script>var x = "<p>no</p>"</script></head><body class="has-sidebar">
        <header><a href=/>Home</a> Logo words</header>
        <nav><ul><li><a href=a>Menu one</a><li><a href=b>Menu two</a></ul></nav>
        <div id="cookieBanner">We use cookies to improve your experience, which you may accept.</div>
        <div class="wrap"><div class="content"><h1>Green tea</h1>
        <p>Steep green tea for two minutes at eighty degrees, and pour it out at once.</p>
        <h2>Water</h2><p>Soft water is best, since lime dulls the taste of every tea that there is.</p>
        <ul><li>Use a filter where the water is hard.</ul>
        <table><tr><td>Sencha<td>70 degrees</table></div>
        <div class="sidebar"><p>Subscribe to our letter about teas and pots today.</p></div></div>
        <aside>Related: coffee</aside><footer>Copyright 2023 by nobody in particular, all rights reserved.</footer>
        </body></html>
        """

    @Test("The main text has neither menus nor banners, the full text has them; both have their metadata")
    func mainText() {
        let main = parse(Self.page)
        #expect(
            blocks(Self.page).map { $0.prefix(14) } == [
                "h1:# Green tea", "p:Steep green ", "h2:## Water", "p:Soft water i", "list:- Use a f", "table:Sencha |",
            ])
        for word in ["Menu", "cookies", "Subscribe", "Copyright", "Related", "Logo", "var x"] {
            #expect(!main.text.contains(word), "\(word)")
        }
        let full = parse(Self.page, full: true)
        for word in ["Menu one", "cookies", "Copyright", "Related", "Steep green tea"] {
            #expect(full.text.contains(word), "\(word)")
        }
        #expect(!full.text.contains("var x"))
        for parsed in [main, full] {
            #expect(parsed.title == "Tea & more")
            #expect(parsed.metadata["date"] == "2023-04-05")
            #expect(parsed.metadata["author"] == "A. B.")
            #expect(parsed.metadata["lang"] == "en")
        }
    }

    @Test(
        "The title",
        arguments: [
            ("<title> A\n b </title><h1>C</h1>", "A b"),
            ("<title></title><meta property=og:title content=B><h1>C</h1>", "B"),
            ("<h2>x</h2><h1>C <i>d</i></h1>", "C d"),
            ("<p>x", nil),
        ] as [(String, String?)])
    func title(html: String, title: String?) {
        #expect(parse(html).title == title)
    }

    @Test("A form around the whole page and an article in a sidebar class are kept; a page of links stays what it is")
    func reprieve() {
        let words = String(repeating: "Words of the text that matters here. ", count: 20)
        #expect(parse("<form class=menu><p>\(words)</p></form><p>a</p>").text.contains("matters"))
        #expect(parse("<article class=sidebar><p>\(words)</p></article>").text.contains("matters"))
        #expect(parse("<nav><a href=a>one</a> <a href=b>two</a></nav>").text == "one two")
        let links = (0..<5).map { "<p><a href=\($0)>link \($0)</a></p>" }.joined()
        #expect(parse("<main><p>An index.</p>\(links)</main>").text.contains("link 3"))
        #expect(!parse("<div><p>\(words)</p>\(links)</div>").text.contains("link 3"))
        #expect(parse("<main><p>short</p></main><footer>\(words)</footer>").text == "short")
    }

    /// Input meant to break a parser.
    enum Hostile: String, CaseIterable {
        case deep, deepInline, endTags, attributes, entities, nul, lists, tables, comments, tags, large

        var html: String {
            switch self {
            case .deep:
                String(repeating: "<div>", count: 100_000) + "text" + String(repeating: "</div>", count: 100_000)
            case .deepInline: String(repeating: "<b><i>", count: 50_000) + "text"
            case .endTags:
                String(repeating: "<b>", count: 100_000) + "text" + String(repeating: "</i>", count: 100_000) + "more"
            case .attributes: "<p " + (0..<200_000).map { "a\($0)=\"x\" " }.joined() + ">text</p>"
            case .entities:
                "<!DOCTYPE x [<!ENTITY a \"bbbbbbbbbb\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>text&a;&b;"
            case .nul: "te\u{0}xt<p\u{0}>\u{0}"
            case .lists: String(repeating: "<ul><li>", count: 30_000) + "text"
            case .tables: String(repeating: "<table><tr><td>", count: 20_000) + "text"
            case .comments: String(repeating: "<!-- ", count: 100_000) + "-->text"
            case .tags: String(repeating: "<a href='", count: 50_001) + "'>text"
            case .large: String(repeating: "<p>Some text of a page.</p>\n", count: 100_000)
            }
        }
    }

    @Test("Hostile pages are read in order, inside the text, and nothing is fetched", arguments: Hostile.allCases)
    func hostile(input: Hostile) {
        for full in [true, false] {
            let parsed = parse(input.html, full: full)
            var end = 0
            for block in parsed.blocks {
                #expect(block.range.lowerBound >= end && !block.range.isEmpty)
                end = block.range.upperBound
            }
            #expect(end <= parsed.text.utf8.count)
            #expect(parsed.text.contains("text"))
            #expect(!parsed.text.contains("root:"))
        }
    }
}
