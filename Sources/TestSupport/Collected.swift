internal import Synchronization

/// A list that concurrent work adds to.
package final class Collected<Element: Sendable>: Sendable {
    private let state = Mutex<[Element]>([])

    /// An empty list.
    package init() {}

    /// What was added so far.
    package var all: [Element] { state.withLock { $0 } }

    /// Adds an element at the end.
    package func add(_ element: Element) { state.withLock { $0.append(element) } }
}
