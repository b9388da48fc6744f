package import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Something that somebody did.
package struct AuditEvent: Sendable, Hashable {
    /// What: `ask`, `retrieve`, `key added`, `forget`, …
    package var what: String
    /// Who. Only a pseudonym of it is written.
    package var person: String
    /// When.
    package var at: Date
    /// What anybody may read of it.
    package var facts: [String: JSONValue]
    /// What was asked; only a hash of it is written.
    package var query: String?
    /// To whom it was done: written as the person is, under a key of their own.
    package var subject: String?

    /// An event.
    package init(
        _ what: String, by person: String, at now: Date, facts: [String: JSONValue] = [:], query: String? = nil,
        subject: String? = nil
    ) {
        self.what = what
        self.person = person
        at = now
        self.facts = facts
        self.query = query
        self.subject = subject
    }
}
