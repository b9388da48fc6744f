internal import AutoML
package import Base

/// What a change that somebody has in mind would touch: requirements, milestones, trials. Nothing is changed by asking.
///
/// A change touches the requirements that it names, and those whose metric it speaks of; a milestone whose gates these are,
/// and all that come after it; and all trials where documents, questions, models or settings of the search change, because
/// then what was measured was another system. Another threshold has nothing measured anew, nor has that documents change
/// more often. It goes by words, so what it does not know it says.
package struct Amendment: Sendable, Hashable {
    /// A requirement that is touched.
    package struct Touched: Sendable, Hashable {
        package let id: String
        package let text: String
        /// What it asks for now, and what it would ask for; nil where the change says no number.
        package let now: String?
        package let then: String?
        /// Whether it would be taken out.
        package let isRemoved: Bool
    }

    package let requirements: [Touched]
    /// What the requirements take for granted, or leave out, of which the change speaks: as it stands there.
    package let notes: [String]
    /// The milestones that have to be gone through again, by name.
    package let milestones: [String]
    /// What becomes of the trials, as a sentence.
    package let trials: String
    /// Whether anything was recognised.
    package let isUnderstood: Bool

    /// Looks a change over.
    package init(
        _ change: String, requirements document: RequirementsDocument?, milestones: [Milestone],
        results: SearchResults?
    ) {
        let words = Set(RequirementWords.tokens(change))
        let criterion = Self.criterion(in: change)
        let all = document?.requirements ?? []
        let named = all.filter { words.contains($0.id.lowercased()) }
        let subjects = AmendmentSubject.found(in: change)
        let spoken = all.filter { requirement in
            if subjects.contains(where: { $0.covers(requirement.metric) }) { return true }
            let metric = RequirementWords.tokens(requirement.metric).filter {
                $0.count > 2 && !Self.common.contains($0)
            }
            return !metric.isEmpty && metric.allSatisfy(words.contains)
                || !words.isDisjoint(with: metric.filter { $0.count > 3 })
        }
        let touched = named.isEmpty ? spoken : named
        let isRemoval = Self.isRemoval(words, named: !named.isEmpty) && criterion == nil
        self.requirements = touched.map { requirement in
            // "at 90 %" says a number and no direction, which stays as it is.
            let then = criterion.flatMap { comparison, value, unit in
                Criterion(
                    comparison ?? requirement.criterion?.comparison ?? .atLeast, value,
                    unit.isEmpty ? requirement.criterion?.unit ?? "" : unit)
            }
            return Touched(
                id: requirement.id, text: requirement.text, now: requirement.criterion?.words, then: then?.words,
                isRemoved: isRemoval)
        }
        notes = document.map { Self.notes(in: $0, on: subjects) } ?? []
        let isOfRhythm = AmendmentSubject.saysThatDocumentsChange(RequirementWords.tokens(change))
        let matter =
            Self.matters.first { !words.isDisjoint(with: $0.words) && !($0.isOfDocuments && isOfRhythm) }
            ?? (AmendmentSubject.speaksOfLanguage(words) ? Self.language : nil)
        let ids = Set(touched.map(\.id))
        let first = milestones.firstIndex { milestone in
            milestone.gates.contains { if case .requirement(let id) = $0 { ids.contains(id) } else { false } }
                || words.contains(milestone.id.lowercased()) || (matter != nil && matter?.from == milestone.work)
        }
        self.milestones = first.map { milestones[$0...].map(\.id) } ?? []
        isUnderstood = !touched.isEmpty || matter != nil || !notes.isEmpty
        let count = results.map { ReportText.count($0.trials.count, "trial") } ?? "no trial yet"
        if let matter {
            trials = "\(count): all would be measured anew, because \(matter.why)."
        } else if let results, let requirement = touched.first, let (_, value, _) = criterion {
            trials = Self.meeting(requirement, value, results)
        } else {
            trials =
                isUnderstood
                ? "\(count): none would be measured anew." : "\(count): whether they still count is not known."
        }
    }

    /// Whether a requirement is to go: `drop R6`, `drop the abstention requirement`; not `remove the old documents`.
    private static func isRemoval(_ words: Set<String>, named: Bool) -> Bool {
        !words.isDisjoint(with: ["drop", "remove", "delete", "without", "omit"])
            && (named || !words.isDisjoint(with: ["requirement", "requirements"]))
    }

    /// The assumptions, and what is out of scope, that came from questions of the interview about these subjects.
    private static func notes(in document: RequirementsDocument, on subjects: [AmendmentSubject]) -> [String] {
        let questions = subjects.reduce(into: Set<String>()) { $0.formUnion($1.questions) }
        return [(RequirementsDocument.Topic.assumptions, "assumptions"), (.outOfScope, "out of scope")].flatMap {
            topic, name in
            document[topic].filter { item in questions.contains { item.contains("(\($0), ") } }
                .map { "\(name): \($0)" }
        }
    }

    /// How many trials meet another threshold, where their metric is the requirement's.
    private static func meeting(_ requirement: Requirement, _ value: Double, _ results: SearchResults) -> String {
        let key = RequirementWords.key(requirement.metric)
        guard let name = results.trials.first?.metrics.keys.first(where: { RequirementWords.key($0) == key }),
            let old = requirement.criterion,
            let new = Criterion(old.comparison, value, old.unit)
        else { return "\(ReportText.count(results.trials.count, "trial")): none would be measured anew." }
        let ended = results.trials.compactMap { $0.metrics[name] }
        func count(_ criterion: Criterion) -> Int {
            ended.count { criterion.values.holds(ValueRange(lower: $0, upper: $0)) }
        }
        return
            "\(ReportText.count(results.trials.count, "trial")): none would be measured anew. On the questions of the "
            + "search \(count(old)) of \(ended.count) have \(old.words), and \(count(new)) have \(new.words)."
    }

    /// A comparison in a text: `R3 ≤ 500 ms`, `latency of 500 ms`; nil where there is no number.
    private static func criterion(in text: String) -> (Criterion.Comparison?, Double, String)? {
        let signs = "<>=≤≥".unicodeScalars
        if let sign = text.unicodeScalars.firstIndex(where: { signs.contains($0) }),
            let found = Criterion(written: String(text[sign...]))
        {
            return (found.comparison, found.threshold, found.unit)
        }
        let parts = text.split(whereSeparator: \.isWhitespace)
        for (place, part) in parts.enumerated() {
            let digits = part.prefix { $0.isNumber || $0 == "." || $0 == "," }
            guard let value = Double(digits.replacing(",", with: ".")) else { continue }
            let glued = String(part.dropFirst(digits.count))
            let next = place + 1 < parts.count ? String(parts[place + 1]) : ""
            let unit = glued.isEmpty ? next : glued
            return (nil, value, MeasurementUnit(unit).isKnown ? unit : "")
        }
        return nil
    }

    private static let common: Set<String> = [
        "p50", "p95", "p99", "mean", "median", "query", "question", "share", "rate",
    ]

    /// What a change can be about besides a requirement.
    private struct Matter {
        let words: Set<String>
        /// From which milestone on it counts.
        let from: Milestone.Work
        let why: String
        var isOfDocuments = false
    }

    private static let matters = [
        Matter(
            words: ["document", "documents", "corpus", "files", "sources"], from: .questions,
            why: "other documents are another task, and quotes may stand elsewhere", isOfDocuments: true),
        Matter(
            words: ["golden", "questions", "labels"], from: .questions, why: "they were measured on other questions"),
        Matter(
            words: ["encoder", "embedding", "embeddings", "reranker", "model", "generator"], from: .baseline,
            why: "another model is another system"),
        Matter(
            words: ["parser", "parsers", "space", "chunk", "chunks", "objective"], from: .baseline,
            why: "the search tries other things, or looks for another"),
    ]

    private static let language = Matter(
        words: [], from: .questions, why: "questions or documents in another language are another task")

    /// The fields of `neo amend --json`.
    package var json: JSONValue {
        [
            "understood": .bool(isUnderstood),
            "requirements": .array(
                requirements.map {
                    [
                        "id": .string($0.id), "text": .string($0.text), "now": $0.now.map { .string($0) } ?? .null,
                        "then": $0.then.map { .string($0) } ?? .null, "removed": .bool($0.isRemoved),
                    ]
                }),
            "notes": .array(notes.map { .string($0) }),
            "milestones": .array(milestones.map { .string($0) }), "trials": .string(trials),
        ]
    }

    /// The same for people.
    package var text: String {
        guard isUnderstood else {
            return """
                No requirement speaks of this, and it names neither documents, questions, models nor settings. It would be
                a new requirement: write it in requirements.md, and `neo spec check` says whether it can be measured.
                """
        }
        var lines = requirements.map { touched in
            let now = touched.now ?? "no test"
            let change =
                touched.isRemoved
                ? " (\(now) -> taken out)"
                : touched.then.map { " (\(now) -> \($0))" } ?? " (\(now); the change says no new number)"
            return "\(touched.id)\(change): \(RequirementNames.line(touched.text, to: 100))"
        }
        if requirements.isEmpty { lines.append("requirements: none is touched") }
        lines += notes.map { "stands there, too: \(RequirementNames.line($0, to: 160))" }
        lines.append(
            milestones.isEmpty
                ? "milestones: no gate asks for it"
                : "milestones to go through again: \(milestones.joined(separator: ", "))")
        lines.append("trials: \(trials)")
        let isRemoval = requirements.contains(where: \.isRemoved)
        lines.append(
            requirements.isEmpty && notes.isEmpty
                ? "Nothing was changed. Make the change, and neo build begins at what it touches."
                : "Nothing was changed. Edit requirements.md"
                    + (isRemoval && !milestones.isEmpty ? ", take the gates out of design.md" : "")
                    + ", approve \(isRemoval && !milestones.isEmpty ? "both" : "it") (neo approve), and neo build goes on."
        )
        return lines.joined(separator: "\n")
    }
}

extension Amendment {
    /// Looks a change over that somebody has in mind for a project as it is.
    package init(_ change: String, in project: Project) throws(EngineerError) {
        let has = { (name: String) in FileState(project.path(name)) != nil }
        self.init(
            change, requirements: has("requirements.md") ? try RequirementsFile(of: project).document : nil,
            milestones: has("design.md") ? try DesignFile(of: project).milestones : [],
            results: has(ReportArchive.resultsName) ? try ReportArchive.read(project) : nil)
    }
}
