public import Base

/// Why a search space, a sampler or a study cannot be used.
public struct AutoMLError: DescribedError {
    /// The kinds of error.
    public struct Code: Sendable, Hashable {
        private enum Kind {
            case invalidSpace, invalidConfiguration, infiniteSpace, invalidStudy, invalidSampler, journalMismatch
            case invalidMeasurement, allTrialsFailed
        }
        private let kind: Kind

        /// A search space contradicts itself.
        public static let invalidSpace = Code(kind: .invalidSpace)
        /// A configuration is no point of its space.
        public static let invalidConfiguration = Code(kind: .invalidConfiguration)
        /// The space has too many points for what was asked.
        public static let infiniteSpace = Code(kind: .infiniteSpace)
        /// A study has nothing to measure, or no budget.
        public static let invalidStudy = Code(kind: .invalidStudy)
        /// A sampler proposed what is not in the space.
        public static let invalidSampler = Code(kind: .invalidSampler)
        /// The journal was written by another study, or two facts in it contradict each other.
        public static let journalMismatch = Code(kind: .journalMismatch)
        /// An evaluator did not return one measurement an item.
        public static let invalidMeasurement = Code(kind: .invalidMeasurement)
        /// No configuration could be measured.
        public static let allTrialsFailed = Code(kind: .allTrialsFailed)
    }

    /// What kind of error it is.
    public let code: Code
    /// The sentence.
    public let message: String
    /// What went wrong underneath.
    public let cause: (any Error)?

    /// An error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
