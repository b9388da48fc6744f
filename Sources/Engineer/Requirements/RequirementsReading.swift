/// How to read requirements, for readers who know more or less of the matter: what stands before them in a draft.
enum RequirementsReading {
    /// It names no number of the project, so that it stays the same when answers change.
    static let text = LeveledText(
        newcomer: """
            Each requirement is one sentence that says what the system does, and below it how one can tell. `latency p95` with \
            the test `≤ 2 s` means: of 100 questions 95 are answered within 2 seconds. `measured by` is how the number comes \
            about, `source` is who said so.

            Read each as if nothing but that were promised, and ask whether you would be content. What can go wrong: a test that is \
            met while people are unhappy, because it asks for something else than they need; or one so strict that nothing meets \
            it. Approving the document says that this is what you want; until then, and after any change, nothing is built on it.
            """,
        practitioner: """
            Edit what you like: a sentence in one of the six forms of EARS with one response, a test with a number and a unit, and \
            how it is measured. `neo spec check` says what is to be mended, `neo spec diff` what changed. Names stay as they are: \
            gates of design.md go by them.

            After a search `neo status` says of each whether it is met, not met, undetermined (the interval has values on both sides \
            of the threshold: more questions, or a threshold further away), not measured (by hand, or `neo log`), or stale. An edit \
            makes values stale that were measured before, and voids the approval. Limits that the search must keep also go into \
            `constraints:` of neo.yaml: it does not choose by what stands here.
            """,
        expert: """
            A verdict compares the two-sided 95 % interval with the threshold, after units are converted: met where all of it is \
            admitted, not met where none is, at most 2.5 % of error for each alone, uncorrected for their number. Means are on \
            held-out questions, else cross-fitted; on the questions that chose, nothing is met. Percentiles lie between order \
            statistics of requests, one at a time, on the machine of the search.

            A value is held to the text that stood there when it was measured: manifest.json notes each requirement's \
            fingerprint, so no threshold can be chosen with the value in sight. The approval is of this file's bytes, this text \
            included. The rows: `neo status ID`, and the table `verdicts` of `neo query`.
            """)

    /// As it stands in the document.
    static var foreword: Prose { Prose(lines: text.lines) }
}
