internal import AutoML
internal import Base
package import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A project at one moment: what a person wants to know first, without its documents being read.
package struct ProjectOverview: Sendable {
    package let found: FoundProject
    /// The project's name.
    package let name: String
    /// What `neo.yaml` says; nil where it cannot be read.
    package internal(set) var file: ProjectFile?
    /// Why something could not be read, a sentence each.
    package internal(set) var problems: [String] = []
    package internal(set) var stage = LifeStage.broken
    /// The number of the process that searches; nil where none does.
    package internal(set) var searcher: Int?
    package internal(set) var documents: [ReviewedDocument] = []
    /// Why a document that is there cannot be shown.
    package internal(set) var unreadable: [ReviewedDocument.Kind: String] = [:]
    /// The studies, the newest first.
    package internal(set) var studies: [StudyGlance] = []
    package internal(set) var results: SearchResults?
    /// When the results were written.
    package internal(set) var resultsWritten: Date?
    package internal(set) var golden: GoldenRows?
    /// How many golden questions are proposed; nil where none ever was, or they cannot be read.
    package internal(set) var proposals: ProposalStanding?
    /// How far the interview has come; nil where it cannot be read.
    package internal(set) var interview: InterviewStanding?
    /// The milestones of design.md, and how far each is; nil where there is no design, or it has none.
    package internal(set) var build: BuildSession.Outcome?
    /// What answers, and what its watch has found; nil where that cannot be read.
    package internal(set) var service: ServiceGlance?
    package internal(set) var comments: [ReviewComment] = []
    package internal(set) var waiting: [WaitingItem] = []
    /// What the calls of models have cost, as far as prices are known; nil where there were none.
    package internal(set) var dollars: Double?

    init(_ found: FoundProject, name: String) {
        self.found = found
        self.name = name
    }

    /// The study of the last search, or of the one that runs.
    package var search: StudyGlance? { studies.first { $0.purpose == "search" } }
}
