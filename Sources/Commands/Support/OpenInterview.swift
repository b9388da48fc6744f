internal import Base
internal import Documents
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A project's interview as it stands, after a look at the documents.
struct OpenInterview {
    let file: InterviewFile
    let interview: Interview
    /// What was found in the documents; nil where they never could be read.
    let survey: DocumentSurvey?

    init(of project: Project, _ output: OutputOptions) async throws {
        let questionnaire = try Questionnaire.builtIn()
        file = InterviewFile(project)
        let state = try file.read(kind: questionnaire.kind)
        survey = try await Self.survey(of: project, output)
        interview = Interview(questionnaire, survey: survey, state: state, now: Date())
    }

    /// Where documents are gone, what was found in them before still holds; without that the rest can be asked all the same.
    private static func survey(of project: Project, _ output: OutputOptions) async throws -> DocumentSurvey? {
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        do {
            return try await DocumentSurvey.of(project, onParse: progress.parsing)
        } catch let error as DocumentsError {
            let kept = DocumentSurvey.kept(in: project)
            let rest = kept == nil ? "are not asked about" : "what was found in them before is used"
            output.note("The documents could not be read, and \(rest): \(Terminal.harmless(error.message))")
            return kept
        }
    }
}
