/// Chooses the pieces of a page that are its main text.
///
/// In the manner of readability and of boilerplate removal by text density (Kohlschütter et al. 2010, "Boilerplate
/// detection using shallow text features"): what says that it stands around the text is left out; then `<main>`, a
/// single `<article>`, or else the smallest element that holds most of the running text; of that, runs of links.
struct HTMLMainText {
    /// What must be inside the chosen element, of all running text.
    private static let share = 0.85
    /// `<main>` counts if it has this share of the text around it.
    private static let mainShare = 0.25

    private let page: HTMLPage
    /// Per container: whether it, or one around it, is boilerplate.
    private var isBoilerplate: [Bool]
    /// Per container: how much running text it and those inside it hold.
    private var weights: [Double]

    init(_ page: HTMLPage) {
        self.page = page
        let count = page.containers.count
        var bytes = [Int](repeating: 0, count: count)
        for piece in page.pieces { bytes[piece.container] += piece.text.count }
        for position in (1..<max(count, 1)).reversed() { bytes[page.containers[position].parent] += bytes[position] }
        isBoilerplate = [Bool](repeating: false, count: count)
        for position in 1..<max(count, 1) {
            let container = page.containers[position]
            // A hint does not outweigh what holds most of the page: some put the whole page into a form.
            let isDoubtful = container.isDoubtful && bytes[position] * 2 < bytes[0]
            isBoilerplate[position] = isBoilerplate[container.parent] || container.isBoilerplate || isDoubtful
        }
        weights = [Double](repeating: 0, count: count)
        for piece in page.pieces where !isBoilerplate[piece.container] {
            weights[piece.container] += Self.weight(of: piece)
        }
        for position in (1..<max(count, 1)).reversed() {
            weights[page.containers[position].parent] += weights[position]
        }
    }

    /// The pieces of the main text; all pieces where nothing would be left.
    func pieces() -> [HTMLPage.Piece] {
        let root = root()
        var isInside = [Bool](repeating: false, count: page.containers.count)
        for position in page.containers.indices {
            let parent = page.containers[position].parent
            isInside[position] = position == root || (position != parent && isInside[parent])
        }
        let inside = page.pieces.filter { isInside[$0.container] && !isBoilerplate[$0.container] }
        let chosen = Self.withoutLinkRuns(inside)
        return chosen.contains { if case .heading = $0.kind { false } else { true } } ? chosen : page.pieces
    }

    /// The element in which the main text stands.
    private func root() -> Int {
        let all = page.containers.indices.filter { !isBoilerplate[$0] }
        let total = weights[0]
        let main = all.filter { page.containers[$0].isMain }.max { weights[$0] < weights[$1] }
        if let main, weights[main] > 0, weights[main] >= Self.mainShare * total { return main }
        let articles = all.filter { page.containers[$0].isArticle }
        if articles.count == 1, weights[articles[0]] > 0, weights[articles[0]] >= Self.mainShare * total {
            return articles[0]
        }
        var root = 0
        // Children come behind their parents, so one pass goes all the way down.
        for position in page.containers.indices.dropFirst()
        where page.containers[position].parent == root && !isBoilerplate[position] && total > 0
            && weights[position] >= Self.share * total
        {
            root = position
        }
        return root
    }

    /// Running text counts by its length, links and single words hardly.
    private static func weight(of piece: HTMLPage.Piece) -> Double {
        let plain = Double(max(piece.text.count - piece.linkBytes, 0))
        switch piece.kind {
        case .heading: return 0
        case .code, .row: return plain
        case .paragraph, .item: return plain < 25 ? plain * 0.1 : plain
        }
    }

    /// Without three and more pieces in a row that are hardly more than links: a menu that does not say so.
    private static func withoutLinkRuns(_ pieces: [HTMLPage.Piece]) -> [HTMLPage.Piece] {
        var kept: [HTMLPage.Piece] = []
        var run: [HTMLPage.Piece] = []
        for piece in pieces {
            if piece.kind != .code, piece.linkBytes * 10 >= piece.text.count * 9, piece.text.count < 100 {
                run.append(piece)
                continue
            }
            if run.count < 3 { kept += run }
            run = []
            kept.append(piece)
        }
        if run.count < 3 { kept += run }
        // What is a list of links altogether is what the page is for.
        let bytes = [pieces, kept].map { $0.reduce(0) { $0 + $1.text.count } }
        return bytes[1] * 2 < bytes[0] ? pieces : kept
    }
}
