internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// Writes pages as HTML.
struct PageRenderer: Sendable {
    /// What pages may do: nothing but our own style and script, forms to ourselves, and events from us.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private let library: MustacheLibrary
    /// Whether a person can sign out.
    private let hasToken: Bool
    /// Whether the chat page is here, too.
    private let hasChat: Bool

    /// - Throws: where a template is malformed, which is a defect of the program.
    init(hasToken: Bool, hasChat: Bool = false) throws {
        MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
        var library = MustacheLibrary()
        for (name, text) in Templates.all {
            // Every template escapes by itself: a partial does not inherit how.
            try library.register("{{% CONTENT_TYPE: \(SafeHTML.name)}}" + text, named: name)
        }
        self.library = library
        self.hasToken = hasToken
        self.hasChat = hasChat
    }

    /// The whole page. `path` is where it lies; empty where nothing of it changes.
    func html(_ page: Page, browser: BrowserSession?, path: String) -> String {
        var model = model(page, browser: browser, path: path)
        let hasEvents = !page.live.isEmpty && !path.isEmpty
        model["layout"] = [
            "title": .string(page.title),
            "crumbs": .array(
                page.crumbs.map { ["name": .string($0.name), "path": .string($0.path)] }),
            "css": .string(DashboardAssets.style.path), "js": .string(DashboardAssets.script.path),
            "icon": .string(DashboardAssets.icon.path),
            "events": .string(hasEvents ? "/events?page=" + FormBody.encoded(path) : ""), "isLive": .bool(hasEvents),
            "canSignOut": .bool(hasToken && browser != nil), "hasChat": .bool(hasChat),
        ]
        return library.render(Self.filling(.object(model)), withTemplate: page.template) ?? ""
    }

    /// The parts of a page that change, by the id of the element that holds them.
    func parts(_ page: Page, browser: BrowserSession?, path: String) -> [(id: String, html: String)] {
        let filling = Self.filling(.object(model(page, browser: browser, path: path)))
        return page.live.map { ("live-" + $0, library.render(filling, withTemplate: $0) ?? "") }
    }

    /// The page as a response.
    func response(_ page: Page, browser: BrowserSession?, path: String) -> Response {
        var headers: HTTPFields = [:]
        headers[.contentSecurityPolicy] = Self.contentSecurityPolicy
        // Without any, browsers would not say where a form comes from either.
        if let name = HTTPField.Name("referrer-policy") { headers[name] = "same-origin" }
        return .text(html(page, browser: browser, path: path), type: "text/html; charset=utf-8", headers: headers)
    }

    private func model(_ page: Page, browser: BrowserSession?, path: String) -> [String: JSONValue] {
        var model = page.model
        model["formToken"] = .string(browser?.formToken ?? "")
        model["canWrite"] = .bool(browser != nil)
        model["here"] = .string(path)
        return model
    }

    /// What the template engine takes, which is untyped. `null` is false, so that a field that is not there is not looked
    /// for further out.
    private static func filling(_ value: JSONValue) -> Any {
        switch value {
        case .null: false
        case .bool(let bool): bool
        case .string(""): EmptyText()
        case .string(let text): text
        case .array(let values): values.map { filling($0) }
        case .object(let object): object.mapValues { filling($0) }
        default: value.canonicalText
        }
    }
}

/// A text that says nothing: the engine takes every text for true, and a section of an empty one would stand there.
struct EmptyText: MustacheCustomRenderable {
    let renderText = ""
    let isNull = true
}

/// HTML in which no text can become markup. The engine's own way goes by whole characters, and a quotation mark with an
/// accent upon it is another character to Swift, but still one to a browser.
struct SafeHTML: MustacheContentType {
    static let name = "NEO"

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    /// Whether `escaped` leaves something of a text out.
    static func leavesOut(_ text: String) -> Bool { text.unicodeScalars.contains(where: isLeftOut) }

    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// A text without what `escaped` leaves out.
    static func kept(_ text: String) -> String {
        guard leavesOut(text) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.filter { !isLeftOut($0) })
        return String(kept)
    }

    /// A text in an element or in a quoted attribute. Control characters, and marks that turn the direction of what
    /// follows, are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: result += "&amp;"
            case 0x3C: result += "&lt;"
            case 0x3E: result += "&gt;"
            case 0x22: result += "&quot;"
            case 0x27: result += "&#39;"
            default: if !isLeftOut(scalar) { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
