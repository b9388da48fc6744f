internal import Base

/// What a caller may decide about one search; the rest stands in neo.yaml.
package struct SearchOptions: Sendable {
    /// How many configurations to try.
    package var trials: Int?
    /// After how many seconds no new configuration is begun.
    package var seconds: Double?
    /// After how many measurements of single questions no new configuration is begun.
    package var evaluations: Int?
    /// How many dollars the search may spend on served models, earlier runs of it included.
    package var maxCost: Double?
    /// How many configurations are measured at the same time.
    package var jobs = 1
    /// What all random choices start from.
    package var seed: UInt64?
    /// Configurations to try right after the default: files, `winner`, or `trial:7` of the last search.
    package var seeds: [String] = []
    /// Whether an objective at a fixed number of passages may be searched over passages of several lengths.
    package var allowsFixedDepth = false
    /// Whether questions are held out however few there are.
    package var holdsOut = false
    /// Whether it may begin although requirements.md or design.md is not approved as it is; the report says so.
    package var allowsUnapproved = false
    /// What this machine has learnt from other searches; nil to neither use nor add to it.
    package var knowledge: KnowledgeBase?
    /// Whether the search begins without what was learnt from others.
    package var isCold = false
    /// How finalists are measured.
    package var finalists = FinalistOptions()
    /// For whom the explanations of report.html are open.
    package var reader = ReaderLevel.practitioner
    /// How Neo was called; for the manifest.
    package var commandLine: [String] = []
    /// Neo's version; for the manifest.
    package var version = ""

    package init() {}
}

/// What a running search tells its caller.
package enum SearchEvent: Sendable {
    /// How far the search is.
    package struct Progress: Sendable {
        package var trialsEnded: Int
        /// Nil where only the time is limited.
        package var trialsPlanned: Int?
        package var trialsFailed: Int
        /// The best score so far.
        package var best: Double?
        /// Questions measured a second.
        package var rate: Double?
        /// How long it will probably take.
        package var secondsLeft: Double?
        package var cacheHits: Int
        package var cacheMisses: Int

        package init(
            trialsEnded: Int, trialsPlanned: Int?, trialsFailed: Int, best: Double?, rate: Double?,
            secondsLeft: Double?, cacheHits: Int, cacheMisses: Int
        ) {
            self.trialsEnded = trialsEnded
            self.trialsPlanned = trialsPlanned
            self.trialsFailed = trialsFailed
            self.best = best
            self.rate = rate
            self.secondsLeft = secondsLeft
            self.cacheHits = cacheHits
            self.cacheMisses = cacheMisses
        }
    }

    /// All is read; the search begins. `resumed` trials were found in the journal.
    case opened(documents: Int, questions: Int, heldOut: Int, configurations: Int?, resumed: Int)
    case measuring(Progress)
    /// A system that is not Neo's is being asked.
    case asking(system: String, done: Int, questions: Int)
    case newBest(trial: Int, score: Double)
    /// A sentence for people.
    case note(String)
}
