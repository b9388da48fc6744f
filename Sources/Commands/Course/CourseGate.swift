internal import Base
internal import Engineer
internal import Storage

/// Waits at a gate that does not hold, while somebody decides of it in the browser.
struct CourseGate {
    let project: Project
    /// The project's page.
    let page: String
    let output: OutputOptions

    /// Until it was accepted, or the documents were changed and approved again.
    func wait(at standing: MilestoneStanding) async throws {
        let stopped = StoppedBuild(standing, in: project)
        let step = CourseStep.stopped(standing)
        // What was found, the build has said.
        output.note(
            Terminal.harmless("What can be done:\n" + standing.options.map { "  - \($0)" }.joined(separator: "\n")))
        output.note(
            Terminal.harmless(
                "\(standing.milestone.id) failed; accept it in the browser: \(page)\(CourseWords.page(step)), or change "
                    + "requirements.md or design.md there and approve it again. Ctrl-C ends this; neo run goes on."))
        var hasToldOfChanges = false
        while true {
            try await Task.sleep(for: .milliseconds(500))
            // Somebody else's build may be at it.
            guard !isLockHeld(at: project.path(".neo/build.lock")) else { continue }
            switch try await stopped.reply(to: try await ProjectCourse.next(project), in: project) {
            case .goesOn: return
            case .waits: break
            case .wouldBeginAgain:
                if !hasToldOfChanges {
                    output.note(
                        "Questions, documents or settings changed, so what was built is to be built anew: when you are "
                            + "done with them, Ctrl-C and neo run again, or approve a change of the documents.")
                }
                hasToldOfChanges = true
            }
        }
    }
}
