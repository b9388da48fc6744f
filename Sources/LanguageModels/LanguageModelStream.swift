/// An answer as it is written.
///
/// It is pulled: nothing is read faster than it is consumed, so a slow consumer costs no memory. Leaving the loop, or
/// cancelling its task, ends the request.
package struct LanguageModelStream: AsyncSequence, Sendable {
    /// What it consists of.
    package typealias Element = LanguageModelEvent

    private let make: @Sendable () -> any AsyncIteratorProtocol<LanguageModelEvent, any Error>

    /// A stream whose iterators come from `make`.
    package init(_ make: @escaping @Sendable () -> any AsyncIteratorProtocol<LanguageModelEvent, any Error>) {
        self.make = make
    }

    /// Hands out one event after the other.
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<LanguageModelEvent, any Error>

        /// The next event; nil behind the last.
        package mutating func next() async throws -> LanguageModelEvent? {
            try await base.next(isolation: #isolation)
        }
    }

    /// Asks, when the first event is asked for.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: make()) }
}
