/// What is kept of a service's requests, and who is told what: `monitoring:` in neo.yaml.
package struct MonitoringSetting: Sendable, Hashable {
    /// What of the words of questions and answers is kept.
    package enum Text: String, Sendable, Hashable, CaseIterable {
        case none
        /// With what looks like personal data blacked out.
        case redacted
        case full
    }

    /// Whether anything is kept and watched at all.
    package var isOn = true
    /// The share of requests that is kept.
    package var sample = 1.0
    package var text = Text.none
    /// After so many days what was kept is deleted.
    package var keepDays = 30
    /// The share of answers whose citations are compared with their passages.
    package var score = 0.1
    /// The model that judges those answers, where an audit of it stands; nil for none.
    package var judge: String?
    /// How many answers it judges in 24 hours.
    package var judgedPerDay = 50
    /// How many seconds lie between two looks at the rules.
    package var intervalSeconds = 30.0
    /// How many minutes lie between two rounds of golden questions; none are asked, where 0.
    package var probeMinutes = 15.0
    /// How many golden questions a round asks.
    package var probes = 5
    /// How many minutes lie between two comparisons of what comes in with what came before.
    package var driftMinutes = 60.0
    /// After how many seconds changed documents are looked for; never, where 0.
    package var reindexSeconds = 60.0
    /// What is watched for.
    package var rules = AlertRule.usual
    /// Who is told.
    package var channels: [AlertChannel] = []

    /// The usual settings: figures of all requests, no words, nobody is told.
    package init() {}
}

/// A way to tell somebody of an alert.
package struct AlertChannel: Sendable, Hashable {
    /// How.
    package enum Kind: Sendable, Hashable {
        /// A POST of JSON; of each header the environment variable that holds its value.
        case webhook(url: String, headers: [String: String])
        /// A mail; of user and password the environment variables that hold them.
        case mail(server: String, from: String, to: [String], user: String?, password: String?)
        /// A program, without a shell, that reads the alert as JSON.
        case command([String], isOutsideWalls: Bool)
    }

    /// What it is called in lists.
    package var name: String
    package var kind: Kind
    /// After so many seconds a try has failed.
    package var timeLimitSeconds = 10.0

    /// A channel.
    package init(name: String, kind: Kind, timeLimitSeconds: Double = 10) {
        self.name = name
        self.kind = kind
        self.timeLimitSeconds = timeLimitSeconds
    }
}
