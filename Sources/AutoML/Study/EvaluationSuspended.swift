/// What an evaluator throws where it cannot go on now, and no other configuration could either, because what it is paid
/// from is used up: the trial stays as it is, none begins after it, and the study ends as one whose money is spent. Run
/// again, it goes on from there.
public struct EvaluationSuspended: Error {
    /// Why; a study that has no result yet throws it.
    public let cause: any Error

    /// A reason.
    public init(cause: any Error) { self.cause = cause }
}
