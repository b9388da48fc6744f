/// What the elements of HTML mean for a text.
enum HTMLElement {
    /// Their content is no text of the page.
    static let skipped: Set<String> = [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "select",
        "button", "textarea", "datalist", "option", "audio", "video", "map", "noframes", "frameset",
    ]

    /// They begin and end a paragraph.
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]

    /// They hold parts of a page: the main text is looked for among them.
    static let containers: Set<String> = [
        "article", "aside", "blockquote", "body", "center", "dialog", "div", "fieldset", "footer", "form", "header",
        "main", "menu", "nav", "search", "section", "table", "td", "ul", "ol",
    ]

    /// They stand around the main text, never in it.
    static let boilerplate: Set<String> = ["aside", "dialog", "footer", "menu", "nav", "search"]

    /// The same, said by `role`.
    static let boilerplateRoles: Set<String> = [
        "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation",
        "search", "toolbar",
    ]

    /// The same, as words of `class` and `id`. A hint only: what holds most of the page's text is kept all the same.
    static let boilerplateWords: Set<String> = [
        "ad", "ads", "advert", "advertisement", "breadcrumb", "breadcrumbs", "consent", "cookie", "cookies", "footer",
        "gdpr", "headerlink", "masthead", "menu", "modal", "nav", "navbar", "navigation", "newsletter", "pager",
        "pagination", "popup", "promo", "related", "share", "sharing", "sidebar", "skip", "social", "sphinxsidebar",
        "sponsor", "subscribe", "toolbar",
    ]

    /// The level of `h1` to `h6`.
    static func headingLevel(_ name: String) -> Int? {
        guard name.utf8.count == 2, name.first == "h", let level = name.last?.wholeNumberValue else { return nil }
        return (1...6).contains(level) ? level : nil
    }

    /// The words of a `class` or `id`: `cookieBanner_top` has `cookie`, `banner` and `top`.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in name.unicodeScalars.prefix(2_000) {
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            let beginsWord = ("A"..."Z").contains(scalar) && word.unicodeScalars.last.map { $0 >= "a" } == true
            if !isLetter || beginsWord {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if isLetter { word.unicodeScalars.append(scalar) }
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }
}
