package import Base
package import Statistics
internal import Storage

/// What is known of a skill on a model.
package enum SkillEffect: String, Sendable, Hashable {
    /// The lower end of the lift's interval is above 0.
    case helps
    /// It was measured, and there was no lift.
    case doesNotHelp = "does_not_help"
    /// Nobody measured it on this model, or too little to tell.
    case notMeasured = "not_measured"
}

/// What a measurement of a skill on a model found.
package struct SkillMeasurement: Sendable, Hashable {
    /// Mean score with the skill minus mean score without, cases paired.
    package var lift: Interval
    package var cases: Int
    package var repeats: Int
    /// When, `2026-11-22T09:15:02Z`.
    package var date: String

    /// What it says.
    package var effect: SkillEffect {
        if lift.lower > 0 { return .helps }
        return lift.estimate <= 0 ? .doesNotHelp : .notMeasured
    }

    package init(lift: Interval, cases: Int, repeats: Int, date: String) {
        self.lift = lift
        self.cases = cases
        self.repeats = repeats
        self.date = date
    }

    /// As JSON.
    package var json: JSONValue {
        .object([
            "effect": .string(effect.rawValue), "lift": .number(lift.estimate), "lower": .number(lift.lower),
            "upper": .number(lift.upper), "confidence": .number(lift.confidence), "cases": .number(Double(cases)),
            "repeats": .number(Double(repeats)), "date": .string(date),
        ])
    }

    init?(_ json: JSONValue) {
        guard let estimate = json["lift"]?.number, let lower = json["lower"]?.number, let upper = json["upper"]?.number,
            let cases = json["cases"]?.integer, let repeats = json["repeats"]?.integer
        else { return nil }
        self.init(
            lift: Interval(
                estimate: estimate, lower: lower, upper: upper, confidence: json["confidence"]?.number ?? 0.95),
            cases: cases, repeats: repeats, date: json["date"]?.string ?? "")
    }
}

/// What was measured of skills on this machine, by content and model.
package struct SkillResults: Sendable {
    private let folder: String
    private var path: String { folder + "/results.json" }

    package init(_ places: SkillPlaces) { folder = places.state }

    /// What is known of that content on a model.
    package func effect(of hash: ContentHash, on model: String) -> SkillEffect {
        measurements(of: hash)[model]?.effect ?? .notMeasured
    }

    /// All measurements of that content, by model.
    package func measurements(of hash: ContentHash) -> [String: SkillMeasurement] {
        (read()[hash.hex]?.object ?? [:]).compactMapValues(SkillMeasurement.init)
    }

    /// Keeps a measurement in the place of an earlier one.
    package func note(_ measurement: SkillMeasurement, of hash: ContentHash, on model: String) throws {
        try WholeFile.makeFolder(folder)
        try withDirectoryLock(folder) {
            var all = read()
            var models = all[hash.hex]?.object ?? [:]
            models[model] = measurement.json
            all[hash.hex] = .object(models)
            let json = JSONValue.object(["version": 1, "skills": .object(all)])
            try WholeFile.write(Array((json.prettyText + "\n").utf8), to: path)
        }
    }

    private func read() -> [String: JSONValue] {
        guard let bytes = SkillFile.read(path, limit: 16 << 20),
            let json = try? JSONValue(parsing: bytes, maximumDepth: 8)
        else { return [:] }
        return json["skills"]?.object ?? [:]
    }
}
