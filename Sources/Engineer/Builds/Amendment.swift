internal import AutoML
package import Base

/// What a change that somebody has in mind would touch: requirements, milestones, trials. Nothing is changed by asking.
///
/// A change touches the requirements that it names, and those whose metric it speaks of; a milestone whose gates these are,
/// and all that come after it; and all trials where documents, questions, models or settings of the search change, because
/// then what was measured was another system. Another threshold has nothing measured anew.
package struct Amendment: Sendable, Hashable {
    /// A requirement that is touched.
    package struct Touched: Sendable, Hashable {
        package let id: String
        package let text: String
        /// What it asks for now, and what it would ask for; nil where the change says no number.
        package let now: String?
        package let then: String?
    }

    package let requirements: [Touched]
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
        let spoken = all.filter { requirement in
            let metric = RequirementWords.tokens(requirement.metric).filter {
                $0.count > 2 && !Self.common.contains($0)
            }
            return !metric.isEmpty && metric.allSatisfy(words.contains)
                || !words.isDisjoint(with: metric.filter { $0.count > 3 })
        }
        let touched = named.isEmpty ? spoken : named
        self.requirements = touched.map { requirement in
            // "at 90 %" says a number and no direction, which stays as it is.
            let then = criterion.flatMap { comparison, value, unit in
                Criterion(
                    comparison ?? requirement.criterion?.comparison ?? .atLeast, value,
                    unit.isEmpty ? requirement.criterion?.unit ?? "" : unit)
            }
            return Touched(
                id: requirement.id, text: requirement.text, now: requirement.criterion?.words, then: then?.words)
        }
        let matter = Self.matters.first { !words.isDisjoint(with: $0.words) }
        let ids = Set(touched.map(\.id))
        let first = milestones.firstIndex { milestone in
            milestone.gates.contains { if case .requirement(let id) = $0 { ids.contains(id) } else { false } }
                || words.contains(milestone.id.lowercased()) || (matter != nil && matter?.from == milestone.work)
        }
        self.milestones = first.map { milestones[$0...].map(\.id) } ?? []
        isUnderstood = !touched.isEmpty || matter != nil
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

    /// What a change can be about besides a requirement, and from which milestone on it counts.
    private static let matters: [(words: Set<String>, from: Milestone.Work, why: String)] = [
        (
            ["document", "documents", "corpus", "files", "sources"], .questions,
            "other documents are another task, and quotes may stand elsewhere"
        ),
        (["golden", "questions", "labels"], .questions, "they were measured on other questions"),
        (
            ["encoder", "embedding", "embeddings", "reranker", "model", "generator"], .baseline,
            "another model is another system"
        ),
        (
            ["parser", "parsers", "space", "chunk", "chunks", "objective"], .baseline,
            "the search tries other things, or looks for another"
        ),
    ]

    /// The fields of `neo amend --json`.
    package var json: JSONValue {
        [
            "understood": .bool(isUnderstood),
            "requirements": .array(
                requirements.map {
                    [
                        "id": .string($0.id), "text": .string($0.text), "now": $0.now.map { .string($0) } ?? .null,
                        "then": $0.then.map { .string($0) } ?? .null,
                    ]
                }),
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
            let change =
                touched.then.map { " (\(touched.now ?? "no test") -> \($0))" } ?? touched.now.map { " (\($0))" } ?? ""
            return "\(touched.id)\(change): \(RequirementNames.line(touched.text, to: 100))"
        }
        if requirements.isEmpty { lines.append("requirements: none is touched") }
        lines.append(
            milestones.isEmpty
                ? "milestones: no gate asks for it"
                : "milestones to go through again: \(milestones.joined(separator: ", "))")
        lines.append("trials: \(trials)")
        if !requirements.isEmpty {
            lines.append(
                "Nothing was changed. Edit requirements.md, approve it (neo approve requirements), and neo build goes on."
            )
        }
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
