internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a milestone stands on: where any of it changed, what was done is not what is to be done.
enum MilestoneFingerprint {
    static func of(_ milestone: Milestone, in project: Project) throws -> String {
        var hash = ContentHash.Builder()
        hash.add(milestone.markdown.joined(separator: "\n"))
        for path in [project.path("neo.yaml"), project.path(project.file.golden)] {
            hash.add(FileManager.default.contents(atPath: path).map { ContentHash(of: $0).hex } ?? "–")
        }
        hash.add(try DocumentSurvey.source(of: project).hex)
        let gated = milestone.gates.compactMap { if case .requirement(let id) = $0 { id } else { nil } }
        if !gated.isEmpty, let document = try? RequirementsFile(of: project).document {
            for requirement in document.requirements where gated.contains(requirement.id) {
                hash.add("\(requirement.id)\n\(requirement.metric)\n\(requirement.criterion?.words ?? "")")
            }
        }
        return hash.finish().hex
    }
}
