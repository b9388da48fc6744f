internal import Base

/// A page as it is read: its pieces of text in order, and the elements that hold them.
struct HTMLPage {
    /// What a piece of text is.
    enum Kind: Hashable {
        case heading(Int)
        case paragraph
        case code
        /// An item of a list: which list, how deep, and what stands in front of it.
        case item(list: Int, depth: Int, mark: ItemMark)
        /// A row of a table.
        case row(table: Int)
    }

    /// What stands in front of an item; nothing in front of its second paragraph.
    enum ItemMark: Hashable {
        case bullet, nothing
        case number(Int)
    }

    /// A paragraph, heading, item, row or block of code.
    struct Piece {
        var kind: Kind
        var text: [UInt8]
        /// How many bytes of it are links.
        var linkBytes: Int
        /// The element that holds it, as a position in `containers`.
        var container: Int
    }

    /// An element that holds pieces.
    struct Container {
        /// Its position is greater than its parent's; the first is its own parent.
        var parent: Int
        /// It is `<main>`, or says so.
        var isMain = false
        var isArticle = false
        /// It stands around the main text.
        var isBoilerplate = false
        /// It may stand around the main text, if it does not hold most of the page.
        var isDoubtful = false
    }

    var pieces: [Piece] = []
    var containers: [Container] = [Container(parent: 0)]
    /// `<title>`.
    var title = ""
    /// `<meta>` by lower-case name or property, the first of each.
    var meta: [String: String] = [:]
    /// The first `<time datetime>`.
    var time: String?
    /// `<html lang>`.
    var language: String?
    /// Where reading stopped early.
    var isCut = false
}
