/// An error that says in one word of what type it is: `error.type`. Its sentence is not told: a server may repeat in it
/// what it was asked.
package protocol TypedError: Error {
    /// The word, of a small number of words.
    var errorType: String { get }
}

/// The word for any error.
func errorType(of error: any Error) -> String {
    if error is CancellationError { return "cancelled" }
    return (error as? any TypedError)?.errorType ?? String(describing: type(of: error))
}
