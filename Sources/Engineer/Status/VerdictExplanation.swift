package import Base

extension RequirementVerdict.State {
    /// What the verdict means, for readers who know more or less of the matter.
    package var explanation: LeveledText {
        switch self {
        case .met:
            LeveledText(
                newcomer:
                    "It was measured, and even with bad luck the number keeps the limit. That holds for questions like "
                    + "the ones that were asked; users who ask other things may see something else.",
                practitioner:
                    "The whole 95 % interval is on the right side of the threshold, or the value is exact. Nothing is to "
                    + "be done, until documents, questions or settings change.",
                expert:
                    "Inclusion of the two-sided 95 % interval: a wrong \"met\" has at most 2.5 %, for each alone, uncorrected "
                    + "for the number of requirements. Never on the questions that chose the configuration.")
        case .notMet:
            LeveledText(
                newcomer:
                    "It was measured, and even with good luck the limit is missed. Either the system has to get better, or the "
                    + "promise was too large; nothing is wrong with saying so.",
                practitioner:
                    "The whole interval is on the wrong side. neo status ID names the questions that miss it; report.md "
                    + "counts the stage that loses them. Then: documents, the search space, or the threshold, which needs "
                    + "another approval.",
                expert:
                    "The interval and the admitted range have no value in common, with 2.5 % for each alone. Held-out "
                    + "questions are among the rows: who tunes on them has no held-out questions any more.")
        case .undetermined:
            LeveledText(
                newcomer:
                    "The questions are too few to tell, or the measurement flatters. It is no half yes: do not promise it.",
                practitioner:
                    "The interval has values on both sides of the threshold: more questions (neo golden worth says how "
                    + "many), or a threshold further away. Where these questions also chose the configuration, hold some "
                    + "back (neo search --holdout); where only a part was measured, measure the rest.",
                expert:
                    "No claim at 95 %. A width of w needs about four times the questions to become w/2. A value that is "
                    + "biased by the selection, or only a lower bound, is undetermined whatever its interval says, unless even "
                    + "that misses the test.")
        case .notMeasured:
            LeveledText(
                newcomer:
                    "Nobody knows. That is neither good nor bad; the sentence beside it says who or what has to measure it.",
                practitioner:
                    "There is no value or no test: do what the sentence says (a search, neo eval winner --answers, neo "
                    + "log). neo gate passes it; neo gate --strict does not.",
                expert: "No row of results.json, evaluations, the ledger or runs has this metric. Names are matched as "
                    + "docs/status.md says; an unknown one is looked for among logged runs.")
        case .stale:
            LeveledText(
                newcomer:
                    "It was measured, but something has changed since: the text, the documents, the questions or the "
                    + "settings. So the number is of an older system. Measure again.",
                practitioner:
                    "Search again: what was measured and did not change is remembered, so it is quick where only the text "
                    + "changed. neo gate ends with 3 until then.",
                expert:
                    "Hashes of neo.yaml, golden questions, files and the requirement (manifest.json) differ from those of now. What "
                    + "a value was before the edit is kept in the table verdicts; it decides nothing, as a threshold chosen with "
                    + "the value in sight is no test.")
        }
    }
}

extension ProjectStatus {
    /// The verdicts that some requirement has.
    private var found: [RequirementVerdict.State] { RequirementVerdict.State.allCases.filter { count($0) > 0 } }

    /// What the verdicts that stand there mean, for one level of readers.
    ///
    /// - Parameter id: only that of one requirement.
    package func explanation(for reader: ReaderLevel, of id: String? = nil) -> String {
        let states = id.map { id in verdicts.filter { $0.requirement.id == id }.map(\.state) } ?? found
        guard !states.isEmpty else { return "" }
        let lines = states.map { "  \($0.rawValue): \($0.explanation[reader])" }
        let title = "What that means, for readers who are \(reader.asReaders) (--explain tells it for all):"
        return "\n\n" + ([title] + lines).joined(separator: "\n")
    }

    /// What all verdicts mean, for all readers, that of one level first.
    package static func explanations(first: ReaderLevel) -> String {
        ([first] + ReaderLevel.allCases.filter { $0 != first }).map { level in
            let lines = RequirementVerdict.State.allCases.map { "  \($0.rawValue): \($0.explanation[level])" }
            return "\n\n" + (["For readers who are \(level.asReaders):"] + lines).joined(separator: "\n")
        }.joined()
    }

    /// The same as one object: by verdict, the text of each level.
    package static var explanationsJSON: JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: RequirementVerdict.State.allCases.map { state in
                    let texts = ReaderLevel.allCases.map { ($0.rawValue, JSONValue.string(state.explanation[$0])) }
                    return (state.rawValue, .object(Dictionary(uniqueKeysWithValues: texts)))
                }))
    }
}

extension ReaderLevel {
    /// As it goes on after "readers who are".
    fileprivate var asReaders: String {
        switch self {
        case .newcomer: "new to this"
        case .practitioner: "practitioners"
        case .expert: "experts"
        }
    }
}
