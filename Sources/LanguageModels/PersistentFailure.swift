/// An error that every further request would meet, too, such as a budget that is used up or a key that is wrong: work that
/// went on would only collect failures.
package protocol PersistentFailure: Error {}

extension LanguageModelError {
    /// Whether the next request would end like this one.
    package var concernsEveryRequest: Bool {
        [.authentication, .modelNotFound, .request, .notRecorded].contains(code)
    }
}

/// Whether work should stop rather than go on to the next request.
package func isPersistent(_ error: any Error) -> Bool {
    error is any PersistentFailure || (error as? LanguageModelError)?.concernsEveryRequest == true
}
