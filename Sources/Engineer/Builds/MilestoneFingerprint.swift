internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a milestone stands on: where any of it changed, what was done is not what is to be done.
struct MilestoneFingerprint {
    /// The settings and the questions.
    private let files: [String]
    /// The documents, which are found in their folders: once for all milestones.
    private let source: String
    private let requirements: [Requirement]

    /// What all milestones of a project stand on now.
    init(of project: Project) throws {
        files = [project.path("neo.yaml"), project.path(project.file.golden)].map { path in
            FileManager.default.contents(atPath: path).map { ContentHash(of: $0).hex } ?? "–"
        }
        source = try DocumentSurvey.source(of: project).hex
        requirements = (try? RequirementsFile(of: project).document)?.requirements ?? []
    }

    static func of(_ milestone: Milestone, in project: Project) throws -> String {
        try MilestoneFingerprint(of: project).text(of: milestone)
    }

    /// That of a milestone.
    func text(of milestone: Milestone) -> String {
        var hash = ContentHash.Builder()
        hash.add(milestone.markdown.joined(separator: "\n"))
        for file in files { hash.add(file) }
        hash.add(source)
        let gated = milestone.gates.compactMap { if case .requirement(let id) = $0 { id } else { nil } }
        for requirement in requirements where gated.contains(requirement.id) {
            hash.add("\(requirement.id)\n\(requirement.metric)\n\(requirement.criterion?.words ?? "")")
        }
        return hash.finish().hex
    }
}
