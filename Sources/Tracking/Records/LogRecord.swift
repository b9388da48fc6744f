package import Base

/// One line of the inbox: what a program says of a run.
///
/// The form is Trackio's (version 1), with more kinds: a program that logs to Trackio's inbox can log to Neo's.
/// docs/runs.md documents it.
package struct LogRecord: Sendable, Hashable {
    /// What is said.
    package enum Content: Sendable, Hashable {
        /// What is known of the run itself; what was known before stays where this is silent.
        case run(RunFacts)
        /// Figures of the work. NaN and infinities are figures.
        case metrics([String: Double])
        /// Figures of the machine.
        case systemMetrics([String: Double])
        /// Words, a table, an image, a file.
        case entry(RunEntry)
        /// Something that a person should know.
        case alert(RunAlert)
        /// The end.
        case end(Run.Status, failure: String?)
    }

    package var run: RunID
    /// The run's name, where the record tells it.
    package var name: String?
    package var project: String?
    package var step: Int?
    /// Seconds since 1970.
    package var time: Double?
    package var content: Content

    package init(
        run: RunID, name: String? = nil, project: String? = nil, step: Int? = nil, time: Double? = nil, content: Content
    ) {
        self.run = run
        self.name = name
        self.project = project
        self.step = step
        self.time = time
        self.content = content
    }
}

/// What can be said of a run as a whole; nil says nothing.
package struct RunFacts: Sendable, Hashable {
    package var kind: String?
    package var group: String?
    package var parent: RunID?
    package var configuration: JSONValue?
    package var tags: [String]?
    package var origin = RunOrigin()
    package var notes: String?
    /// The folder of the inbox whose lock its process holds for as long as it lives.
    package var writer: String?

    package init(
        kind: String? = nil, group: String? = nil, parent: RunID? = nil, configuration: JSONValue? = nil,
        tags: [String]? = nil, origin: RunOrigin = RunOrigin(), notes: String? = nil, writer: String? = nil
    ) {
        self.kind = kind
        self.group = group
        self.parent = parent
        self.configuration = configuration
        self.tags = tags
        self.origin = origin
        self.notes = notes
        self.writer = writer
    }
}

/// Something beside the figures.
package struct RunEntry: Sendable, Hashable {
    /// The kinds.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case text, table, image, artifact
    }

    package var kind: Kind
    /// Its name within the run, such as `log` or `predictions`.
    package var key: String
    /// The text; a table as `{"columns": […], "rows": [[…]]}`; the name of an image or a file.
    package var content: String
    /// The SHA-256 of an image's or a file's bytes, under which it lies in `.neo/runs/artifacts`.
    package var hash: ContentHash?
    package var bytes: Int?
    /// `image/png`.
    package var mediaType: String?

    package init(
        kind: Kind, key: String, content: String, hash: ContentHash? = nil, bytes: Int? = nil, mediaType: String? = nil
    ) {
        self.kind = kind
        self.key = key
        self.content = content
        self.hash = hash
        self.bytes = bytes
        self.mediaType = mediaType
    }
}

/// Something that a person should know.
package struct RunAlert: Sendable, Hashable {
    /// How bad it is.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        case info, warn, error
    }

    package var level: Level
    package var title: String
    package var text: String?
    /// The rule that found it; nil where it was logged.
    package var rule: String?

    package init(level: Level, title: String, text: String? = nil, rule: String? = nil) {
        self.level = level
        self.title = title
        self.text = text
        self.rule = rule
    }
}
