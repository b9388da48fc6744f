internal import Engineer
internal import Synchronization

/// What is known of whoever sits at a browser.
struct Visitor: Sendable {
    /// The name that they typed last.
    var name: String?
    /// What they know, as far as that is known.
    var reader = ReaderProfile()

    /// The name that whoever served the pages gave.
    var host: String?

    /// The name that forms suggest.
    var author: String { name ?? host ?? PageWords.person }
}

/// Remembers visitors for as long as their session may last. Nothing of it is written down.
final class BrowserMemory: Sendable {
    /// So many are remembered; whoever came first is forgotten first.
    private static let most = 1000

    private struct State {
        var visitors: [String: Visitor] = [:]
        /// Ids of sessions in the order in which they came.
        var order: [String] = []
    }

    private let state = Mutex(State())
    /// What every visitor is taken for at first.
    private let first: @Sendable () -> ReaderProfile

    /// Who serves the pages.
    private let host: String?

    /// - Parameters:
    ///   - host: the name of whoever serves the pages, where they gave one.
    ///   - first: the reader of this machine, where its browsers are that person's.
    init(host: String? = nil, first: @escaping @Sendable () -> ReaderProfile = { ReaderProfile() }) {
        (self.host, self.first) = (host, first)
    }

    /// What is known of a browser's visitor.
    func visitor(of browser: BrowserSession?) -> Visitor {
        browser.flatMap { browser in state.withLock { $0.visitors[browser.id] } }
            ?? Visitor(reader: first(), host: host)
    }

    /// Notes something of a browser's visitor.
    func note(_ browser: BrowserSession?, _ change: (inout Visitor) -> Void) {
        guard let browser else { return }
        let new = visitor(of: browser)
        state.withLock { state in
            if state.visitors[browser.id] == nil {
                state.order.append(browser.id)
                if state.order.count > Self.most { state.visitors[state.order.removeFirst()] = nil }
            }
            change(&state.visitors[browser.id, default: new])
        }
    }
}
