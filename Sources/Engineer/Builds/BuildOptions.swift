/// What a caller may decide about one build; the rest stands in design.md.
package struct BuildOptions: Sendable {
    /// Whether it may begin although a document is not approved as it is.
    package var allowsUnapproved = false
    /// How many configurations a search tries; else what the milestone says.
    package var trials: Int?
    /// How many dollars each search may spend on models at most.
    package var maxCost: Double?
    /// How many configurations are measured at the same time.
    package var jobs = 1
    /// What this machine has learnt from other searches; nil to neither use nor add to it.
    package var knowledge: KnowledgeBase?
    /// For whom the explanations of report.html are open.
    package var reader = ReaderLevel.practitioner
    /// How Neo was called, and its version; for the manifest.
    package var commandLine: [String] = []
    package var version = ""

    package init() {}
}

/// What a running build tells its caller.
package enum BuildEvent: Sendable {
    case began(Milestone)
    case ended(MilestoneStanding)
    /// What the search of a milestone tells.
    case search(SearchEvent)
    /// A sentence for people.
    case note(String)
}
