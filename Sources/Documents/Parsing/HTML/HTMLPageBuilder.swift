/// Collects a page from the elements and characters that the HTML parser finds.
final class HTMLPageBuilder {
    /// Elements nested deeper than this count as inline: no page that people read needs more.
    private static let depthLimit = 512
    private static let metaLimit = 200

    /// What holds inside an open element.
    private struct Frame {
        var name: String
        var container: Int
        var isSkipped = false
        var isLink = false
        var isPreformatted = false
        var heading: Int?
        /// The list that is open, with its depth.
        var list: Int?
        var listDepth = 0
        var isItem = false
        var table: Int?
        var isTitle = false
        var isInArticle = false
    }

    private(set) var page = HTMLPage()
    private var frames = [Frame(name: "", container: 0)]
    /// How many elements beyond the limit are open.
    private var beyond = 0
    private var text: [UInt8] = []
    private var linkBytes = 0
    /// White space was seen and is written before the next word.
    private var pendingSpace = false
    private var cells: [[UInt8]] = []
    private var rowLinkBytes = 0
    private var listCount = 0
    private var tableCount = 0
    /// The number of the next item of each numbered list.
    private var numbers: [Int: Int] = [:]
    private var itemNumber: Int?
    private var itemIsNew = false

    private var frame: Frame { frames[frames.count - 1] }

    // MARK: Elements

    /// An element begins.
    func begin(_ name: String, _ attributes: (String) -> String?) {
        guard frames.count < Self.depthLimit, beyond == 0 else {
            beyond += 1
            if HTMLElement.blocks.contains(name) { closePiece() }
            return
        }
        var next = frame
        next.name = name
        next.isItem = frame.isItem
        if HTMLElement.blocks.contains(name) { beginBlock(name, &next, attributes) }
        switch name {
        case "a": next.isLink = attributes("href") != nil
        case "br": write(frame.isPreformatted ? [.lineFeed] : [0x20])
        case "title":
            next.isTitle = page.title.isEmpty && !frame.isSkipped
            next.isSkipped = true
        case "meta": addMeta(attributes)
        case "html": page.language = page.language ?? attributes("lang") ?? attributes("xml:lang")
        case "time": page.time = page.time ?? attributes("datetime")
        default: break
        }
        // Not `head`: where its end tag is left out, libxml2 keeps it open around elements that are newer than itself.
        if HTMLElement.skipped.contains(name) || isHidden(attributes) { next.isSkipped = true }
        if !frame.isSkipped, next.isSkipped { pendingSpace = true }
        frames.append(next)
    }

    /// The innermost element ends.
    func end(_ name: String) {
        if beyond > 0 {
            beyond -= 1
            if HTMLElement.blocks.contains(name) { closePiece() }
            return
        }
        guard frames.count > 1 else { return }
        if HTMLElement.blocks.contains(name) {
            closePiece()
            if name == "tr" || name == "table" { closeRow() }
        }
        frames.removeLast()
    }

    private func beginBlock(_ name: String, _ next: inout Frame, _ attributes: (String) -> String?) {
        closePiece()
        if HTMLElement.containers.contains(name), !frame.isSkipped { open(name, &next, attributes) }
        next.heading = HTMLElement.headingLevel(name) ?? frame.heading
        switch name {
        case "ul", "ol", "dl", "menu", "dir":
            next.list = listCount
            next.listDepth = frame.list == nil ? 0 : frame.listDepth + 1
            if next.listDepth > 0 { next.list = frame.list } else { listCount += 1 }
            if name == "ol" { numbers[frames.count] = 1 }
            next.isItem = false
        case "li", "dt", "dd":
            next.isItem = true
            itemIsNew = true
            itemNumber = nil
            // The frame of the list itself is the innermost one.
            if frame.name == "ol", let number = numbers[frames.count - 1] {
                itemNumber = number
                numbers[frames.count - 1] = number + 1
            }
        case "pre": next.isPreformatted = true
        case "table":
            closeRow()
            // A table in a table belongs to the outer one's row.
            next.table = frame.table ?? tableCount
            if frame.table == nil { tableCount += 1 }
            next.list = nil
            next.isItem = false
        case "tr": closeRow()
        case "article": next.isInArticle = true
        default: break
        }
    }

    private func open(_ name: String, _ next: inout Frame, _ attributes: (String) -> String?) {
        var container = HTMLPage.Container(parent: frame.container)
        let role = attributes("role")?.lowercased()
        container.isMain = name == "main" || role == "main" || attributes("itemprop") == "articleBody"
        container.isArticle = name == "article" || role == "article"
        if container.isMain { next.isInArticle = true }
        if HTMLElement.boilerplate.contains(name) || role.map(HTMLElement.boilerplateRoles.contains) == true {
            container.isBoilerplate = true
        }
        // The header of an article has its title, that of a page its logo and menu.
        if name == "header", !frame.isInArticle { container.isBoilerplate = true }
        if !container.isMain, !container.isArticle, name != "body" {
            let names = [attributes("class"), attributes("id")].compactMap { $0 }
            container.isDoubtful =
                name == "form"
                || names.contains { HTMLElement.words(of: $0).contains(where: HTMLElement.boilerplateWords.contains) }
        }
        page.containers.append(container)
        next.container = page.containers.count - 1
    }

    /// What takes an element out of sight. White letters are not among it: the ground may be dark by other rules.
    private static let hiding: Set<String> = [
        "display:none", "visibility:hidden", "visibility:collapse", "opacity:0", "opacity:0.0", "font-size:0",
        "font-size:0px", "font-size:0pt", "font-size:0em", "font-size:1px", "color:transparent", "text-indent:-9999px",
        "left:-9999px", "clip:rect(0,0,0,0)",
    ]

    private func isHidden(_ attributes: (String) -> String?) -> Bool {
        if attributes("hidden") != nil || attributes("aria-hidden")?.lowercased() == "true" { return true }
        guard let style = attributes("style") else { return false }
        let declarations = style.lowercased().filter { !$0.isWhitespace }.split(separator: ";")
        return declarations.contains { Self.hiding.contains(String($0.split(separator: "!").first ?? "")) }
    }

    private func addMeta(_ attributes: (String) -> String?) {
        guard page.meta.count < Self.metaLimit, let content = attributes("content"), !content.isEmpty else { return }
        guard let name = attributes("property") ?? attributes("name") ?? attributes("itemprop") else { return }
        let key = name.lowercased()
        if page.meta[key] == nil { page.meta[key] = String(content.prefix(1_000)) }
    }

    // MARK: Characters

    /// Text of the innermost element, as UTF-8.
    func add(_ characters: UnsafeBufferPointer<UInt8>) {
        if frame.isTitle {
            if page.title.utf8.count < 1_000 { page.title += String(decoding: characters, as: UTF8.self) }
            return
        }
        guard !frame.isSkipped else { return }
        if frame.isPreformatted {
            write(characters)
            return
        }
        var start: Int?
        for (position, byte) in characters.enumerated() {
            // White space of HTML; a no-break space counts as one too, or words would grow together in an index.
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if isSpace {
                if let from = start { word(characters[from..<position]) }
                start = nil
                pendingSpace = true
            } else if start == nil {
                start = position
            }
        }
        if let from = start { word(characters[from...]) }
    }

    private func word(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        if pendingSpace, !text.isEmpty { write([0x20]) }
        pendingSpace = false
        write(bytes)
    }

    private func write(_ bytes: some Collection<UInt8>) {
        guard !frame.isSkipped else { return }
        if bytes.count == 1, bytes.first == 0x20 {
            if text.isEmpty || text.last == 0x20 { return }
        }
        text += bytes
        if frame.isLink { linkBytes += bytes.count }
    }

    // MARK: Pieces

    /// Ends the piece that is open.
    private func closePiece() {
        defer {
            text.removeAll(keepingCapacity: true)
            linkBytes = 0
            pendingSpace = false
        }
        var content = text[...]
        let isCode = frame.isPreformatted
        while let last = content.last, last == 0x20 || (0x09...0x0D).contains(last) { content.removeLast() }
        while let first = content.first, first == .lineFeed || first == .carriageReturn || (!isCode && first == 0x20) {
            content.removeFirst()
        }
        guard !content.isEmpty else { return }
        if frame.table != nil, frame.heading == nil {
            cells.append(content.map { $0 == .lineFeed || $0 == .carriageReturn ? 0x20 : $0 })
            rowLinkBytes += linkBytes
            return
        }
        page.pieces.append(
            HTMLPage.Piece(
                kind: kind(isCode), text: Array(content), linkBytes: linkBytes, container: frame.container
            )
        )
    }

    private func kind(_ isCode: Bool) -> HTMLPage.Kind {
        if isCode { return .code }
        if let level = frame.heading { return .heading(level) }
        guard frame.isItem, let list = frame.list else { return .paragraph }
        defer { itemIsNew = false }
        let mark: HTMLPage.ItemMark = itemIsNew ? itemNumber.map { .number($0) } ?? .bullet : .nothing
        return .item(list: list, depth: frame.listDepth, mark: mark)
    }

    private func closeRow() {
        defer {
            cells = []
            rowLinkBytes = 0
        }
        guard let table = frame.table, !cells.isEmpty else { return }
        let row = Array(cells.joined(separator: Array(" | ".utf8)))
        page.pieces.append(
            HTMLPage.Piece(
                kind: .row(table: table), text: row, linkBytes: rowLinkBytes, container: frame.container
            )
        )
    }

    /// The page, when all was read.
    func finish(isCut: Bool) -> HTMLPage {
        closePiece()
        closeRow()
        page.isCut = isCut
        return page
    }
}
