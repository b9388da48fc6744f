internal import Base

/// A value that was measured, with what it can be followed to.
package struct MeasuredValue: Sendable, Hashable {
    /// On what it was measured.
    package enum Basis: String, Sendable, Hashable {
        /// Golden questions that the search never saw.
        case heldOut = "held-out"
        /// The search's questions, with the selection run again and again on some and scored on the others.
        case crossFitted = "cross-fitted"
        /// The questions that chose the configuration: too high on average.
        case search
        /// Golden questions that were answered, all of them.
        case answers
        /// Requests on the machine of the search.
        case requests
        /// The documents, as they were read.
        case documents
        /// The project's ledger.
        case ledger
        /// What a run has logged.
        case run
        /// What follows from the configuration.
        case exact
    }

    /// A question, and its own value.
    package struct Row: Sendable, Hashable {
        package let id: String
        package let value: Double
    }

    /// In the base unit of its quantity: seconds, dollars, bytes, a share.
    var value: Double
    /// The 95 % interval; nil where the value is exact.
    var lower: Double?
    var upper: Double?
    var basis: Basis
    /// How many it is over.
    var count: Int
    /// Of what: `question`, `request`.
    var noun: String
    /// When, as `2026-11-22T10:00:00Z`.
    var measured: String
    /// What the project was when it was measured; nil where it is looked at anew each time.
    var state: MeasurementState?
    /// The short name of the study.
    var study: String?
    var trial: Int?
    /// The run that logged it.
    var run: String?
    var rows: [Row] = []
    /// A query that gives the rows.
    var sql: String?
    /// Whether it is only a part of the whole, which is no less.
    var isLowerBound = false
    /// What else has to be known, a sentence.
    var remark: String?
}

/// Why there is no value: a sentence that says what to do.
struct NotMeasured: Error, Sendable, Hashable {
    let sentence: String
}

/// What a measurement was made from, by hashes: where one is another now, the value is an older project's.
package struct MeasurementState: Sendable, Hashable {
    /// The hash of `neo.yaml`.
    var settings: String?
    /// That of the golden questions.
    var golden: String?
    /// That of the documents' files; nil where nobody noted it.
    var files: String?
    /// The requirements by name, each by its fingerprint; nil where nobody noted them.
    var requirements: [String: String]?

    /// What changed since, in a few words each.
    func changes(to now: MeasurementState) -> [String] {
        var changes: [String] = []
        if settings != now.settings { changes.append("neo.yaml") }
        if golden != now.golden { changes.append("the golden questions") }
        if let files, files != now.files {
            changes.append(now.files == nil ? "the documents, which cannot be read now" : "the documents")
        }
        return changes
    }

    /// As one object, for `manifest.json` and the database.
    var json: JSONValue {
        [
            "neo.yaml": settings.map { .string($0) } ?? .null, "golden": golden.map { .string($0) } ?? .null,
            "files": files.map { .string($0) } ?? .null,
            "requirements": requirements.map { .object($0.mapValues { .string($0) }) } ?? .null,
        ]
    }

    init(settings: String?, golden: String?, files: String?, requirements: [String: String]?) {
        self.settings = settings
        self.golden = golden
        self.files = files
        self.requirements = requirements
    }

    /// Reads what ``json`` wrote.
    init(json: JSONValue) {
        self.init(
            settings: json["neo.yaml"]?.string, golden: json["golden"]?.string, files: json["files"]?.string,
            requirements: json["requirements"]?.object?.compactMapValues(\.string))
    }
}
