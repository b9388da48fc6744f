/// An error whose message is a sentence for the user.
///
/// Every target has one error struct that conforms. The message says what was wrong, where, and what to do.
public protocol DescribedError: Error, CustomStringConvertible {
    /// The sentence.
    var message: String { get }
    /// What went wrong underneath.
    var cause: (any Error)? { get }
}

extension DescribedError {
    /// The sentence, then the cause's.
    public var description: String {
        guard let cause else { return message }
        return "\(message)\n  cause: \(sentence(for: cause))"
    }
}

/// What to print for any error.
public func sentence(for error: any Error) -> String {
    (error as? any DescribedError)?.description ?? String(describing: error)
}
