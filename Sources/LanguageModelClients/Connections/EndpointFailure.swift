/// Why one try failed.
struct EndpointFailure: Error {
    /// What was wrong, where, and what to do.
    var sentence: String
    /// Whether another try may go better.
    var mayPass: Bool
    /// Whether there was no answer at all.
    var isConnection = false
    /// Whether what came was no answer of the kind that was agreed on.
    var isForm = false
    /// How long the server asked to wait.
    var waitSeconds: Double?
    /// The status, where the server answered with one that is not 200.
    var status: Int?
    /// The server's own word for the trouble.
    var problem: String?

    /// The error that a caller gets when no further try is made.
    var error: EndpointError {
        let code: EndpointError.Code = isForm ? .answer : mayPass || isConnection ? .unreachable : .refused
        return EndpointError(code, sentence.closed, status: status, problem: problem)
    }
}

extension String {
    /// With a full stop, where the sentence has no end yet.
    var closed: String { last.map { ".?!".contains($0) } ?? true ? self : self + "." }

    /// Without the full stop, so that the sentence can go on.
    var open: String { hasSuffix(".") ? String(dropLast()) : self }
}
