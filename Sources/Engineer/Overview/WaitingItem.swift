#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Something in a project that waits for a person.
package struct WaitingItem: Sendable, Hashable {
    /// Where the person does something about it.
    package enum Place: Sendable, Hashable {
        case document(ReviewedDocument.Kind)
        case study(String)
        case release
        case costs
        case golden
        case proposals
        case interview
        case session(String)
        case run(String)
        /// A milestone that stopped the build.
        case milestone(String)
        /// A requirement, with the line at which it begins.
        case requirement(line: Int)
        /// The history of releases, at a step.
        case releases(step: Int64)
        /// The service, at an alert.
        case service(alert: Int64)
        case project
    }

    /// What it is, in a word: `approval`, `design`, `gate`, `requirement`, `failure`, `search`, `budget`, `questions`,
    /// `proposals`, `feedback`, `release`, `alert`, `agent`, `interview`.
    package let kind: String
    /// What waits, as a sentence.
    package let sentence: String
    /// Since when, as far as that is known.
    package let since: Date
    package let place: Place
    /// What to do, as a link says it.
    package let action: String
    /// The alerts that it is made of, which a person can say to have seen.
    package var alerts: [Int] = []
    /// The alert of the service that it is, which a person can say to have seen.
    package var serviceAlert: Int64?
    /// The session that it is about, which a person can say to have seen.
    package var session: Session?

    /// A session as far as it had come.
    package struct Session: Sendable, Hashable {
        package let id: String
        /// The number of its last event.
        package let event: Int
    }
}

/// How far a project has come.
package enum LifeStage: String, Sendable, Hashable {
    /// There are no golden questions yet.
    case begun = "being set up"
    /// A document waits for an approval.
    case review = "in review"
    /// A search can begin.
    case ready = "ready to search"
    case searching
    /// A search was begun and is not at its end.
    case suspended = "search stopped"
    /// There are results, and the project is as it was when they were found.
    case searched
    /// There are results of other questions or settings.
    case outdated = "results outdated"
    /// It cannot be read.
    case broken = "cannot be read"
}
