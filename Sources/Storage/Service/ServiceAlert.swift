package import Base

/// A time in which what a rule watches for was so.
package struct ServiceAlert: Sendable, Hashable {
    /// Where it stands.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Seen once; not told to anybody yet.
        case pending
        case firing
        /// It is over.
        case resolved
        /// It was over before it fired.
        case dropped
    }

    /// How soon somebody should look.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Now.
        case page
        /// This week.
        case ticket
    }

    package var id: Int64
    /// The rule's name.
    package var rule: String
    package var severity: Severity
    package var state: State
    /// When it was seen first, in seconds since 1970.
    package var began: Double
    package var fired: Double?
    /// When it was last so.
    package var lastTrue: Double
    package var ended: Double?
    package var acknowledged: Double?
    package var acknowledgedBy: String?
    /// What changed, as a sentence.
    package var title: String
    /// The numbers behind it.
    package var evidence: JSONValue
    /// What to run.
    package var command: String

    /// An alert.
    package init(
        id: Int64 = 0, rule: String, severity: Severity, state: State, began: Double, title: String,
        evidence: JSONValue, command: String
    ) {
        self.id = id
        self.rule = rule
        self.severity = severity
        self.state = state
        self.began = began
        lastTrue = began
        self.title = title
        self.evidence = evidence
        self.command = command
    }
}

/// A message about an alert on its way through one channel.
package struct AlertDelivery: Sendable, Hashable {
    /// What it tells.
    package enum Event: String, Sendable, Hashable { case firing, resolved, test }
    /// Where it stands.
    package enum State: String, Sendable, Hashable { case waiting, delivered, failed }

    package var id: Int64
    package var alert: Int64?
    package var channel: String
    package var event: Event
    package var message: JSONValue
    package var state: State
    package var attempts: Int
    /// When it is tried next, in seconds since 1970.
    package var due: Double
    package var failure: String?

    /// A message that was not tried yet.
    package init(alert: Int64?, channel: String, event: Event, message: JSONValue, due: Double) {
        id = 0
        self.alert = alert
        self.channel = channel
        self.event = event
        self.message = message
        state = .waiting
        attempts = 0
        self.due = due
    }
}
