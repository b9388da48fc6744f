package import Base
internal import RAG

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Draws up `design.md`, and `design.svg` beside it: the work of `neo design`.
package enum DesignWriter {
    /// What came of it.
    package struct Outcome: Sendable {
        package let path: String
        package let file: DesignFile
        package let probe: DesignProbe
        /// How long the search will take, such as `40 s to 3 min`.
        package let estimate: String
        /// What the requirements were like that it stands on.
        package let requirements: ApprovalStanding
    }

    /// Draws it up from the requirements.
    ///
    /// - Parameter replaces: whether a design that a person has edited is written over; the old one is kept in
    ///   `.neo/replaced`.
    /// - Throws: `EngineerError` where the requirements are not approved or cannot be read, or an edited design is there.
    @concurrent
    package static func write(
        _ project: Project, ports: Workspace.Ports, allowsUnapproved: Bool, replaces: Bool, time: TimeSource = .system
    ) async throws -> Outcome {
        let standing = try await Approvals(project).require(.requirements, allowsUnapproved: allowsUnapproved)
        let requirements = standing.state == .absent ? nil : try RequirementsFile(of: project)
        let path = project.path(ReviewedDocument.Kind.design.fileName)
        let before = try DocumentSource.read(.design, in: project)
        if let before, !before.bytes.isEmpty, isEdited(project, hash: before.hash), !replaces {
            let basis = try await DesignBasis.outdated(project).map { "\n" + $0.words } ?? ""
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "\(path) was edited since it was drawn up, and is left as it is. --replace writes over it, and "
                    + "keeps the old one in .neo/replaced." + basis)
        }
        let golden = try? GoldenRows.read(project)
        let questions = golden?.questions ?? []
        let (probe, space) = try await DesignProbe.measure(
            project, ports: ports, questions: questions.map(\.question), time: time)
        let input = DesignInput(
            project: project, requirements: requirements?.document, requirementsHash: requirements?.hash.hex,
            survey: try? await DocumentSurvey.of(project), space: space, probe: probe, questions: questions.count,
            day: String(time.now().timestamp.prefix(10)))
        let draft = DesignDraft(input)
        let text = draft.markdown
        // What cannot be built is not handed out.
        _ = try DesignReader(text)
        try project.prepareStateFolder()
        if let before, before.text != text {
            try AtomicFile.makeFolder(project.path(".neo/replaced"))
            try AtomicFile.write(before.bytes, to: project.path(".neo/replaced/design-\(before.hash.prefix(12)).md"))
        }
        let picture = draft.diagram.svg
        try AtomicFile.write(picture, to: project.path("design.svg"))
        let made: JSONValue = [
            "drafted": .string(ContentHash(of: text).hex),
            "picture": .string(ContentHash(of: picture).hex),
            "requirements": input.requirementsHash.map { .string($0) } ?? .null,
            "seconds": .number(input.estimate.seconds), "probe": try JSONValue(encoding: probe),
        ]
        try AtomicFile.write(text, to: path)
        try AtomicFile.write(made.prettyText + "\n", to: project.path(".neo/design.json"))
        try? await SpecFile.write(project, at: time.now())
        return Outcome(
            path: path, file: try DesignFile(of: project), probe: probe,
            estimate: DesignEstimate.range(input.estimate.seconds), requirements: standing)
    }

    /// Whether a design is another one than was drawn up last.
    static func isEdited(_ project: Project, hash: String) -> Bool { made(project)?["drafted"]?.string != hash }

    /// Whether a design that nobody has edited was drawn up from other requirements than there are now.
    static func isOutdated(_ project: Project, hash: String?) -> Bool {
        guard let made = made(project), made["drafted"]?.string == hash,
            let requirements = try? RequirementsFile(of: project)
        else { return false }
        return made["requirements"]?.string != requirements.hash.hex
    }

    /// The picture that was drawn with the design, where it still is that one: another one could hold anything.
    package static func picture(_ project: Project) -> Data? {
        guard let wanted = made(project)?["picture"]?.string, let state = FileState(project.path("design.svg")),
            state.bytes <= ReviewedDocument.longest,
            let data = FileManager.default.contents(atPath: project.path("design.svg")),
            ContentHash(of: data).hex == wanted
        else { return nil }
        return data
    }

    private static func made(_ project: Project) -> JSONValue? {
        FileManager.default.contents(atPath: project.path(".neo/design.json")).flatMap { try? JSONValue(parsing: $0) }
    }
}
