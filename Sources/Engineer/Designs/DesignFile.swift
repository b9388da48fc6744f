/// `design.md` of a project, as far as a build goes by it.
package struct DesignFile: Sendable {
    /// The SHA-256 of its bytes, as an approval has it.
    package let hash: String
    package let milestones: [Milestone]

    /// Reads the design of a project.
    ///
    /// - Throws: `EngineerError` where there is none, or its milestones cannot be read.
    package init(of project: Project) throws(EngineerError) {
        guard let source = try DocumentSource.read(.design, in: project) else {
            throw EngineerError(
                code: .project,
                message: "There is no design.md in \(project.folder). `neo design \(project.folder)` writes it from "
                    + "the requirements.")
        }
        hash = source.hash
        milestones = try DesignReader(source.text).milestones
    }
}
