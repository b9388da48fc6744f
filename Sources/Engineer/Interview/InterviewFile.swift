internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `.neo/interview.json`: what was answered so far. It is written whole after each answer, so a process that is killed
/// loses at most the answer that was being typed.
package struct InterviewFile: Sendable {
    private let project: Project
    private var path: String { project.path(".neo/interview.json") }

    /// The file of a project.
    package init(_ project: Project) {
        self.project = project
    }

    /// What was answered; nothing where there is no file yet.
    ///
    /// - Throws: `EngineerError` where the file is damaged, or of another kind of system.
    package func read(kind: String) throws(EngineerError) -> InterviewState {
        guard let data = FileManager.default.contents(atPath: path) else { return InterviewState(kind: kind) }
        let state: InterviewState
        do {
            state = try JSONValue(parsing: data).decoded(as: InterviewState.self)
        } catch {
            throw EngineerError(
                code: .project,
                message: "\(path) is damaged. Mend it, or move it away and begin the interview again.", cause: error)
        }
        guard state.kind == kind, state.version == 1 else {
            throw EngineerError(
                code: .project,
                message:
                    "\(path) is of the kind \(state.kind), version \(state.version), and this is \(kind), version 1. "
                    + "Move it away to begin again.")
        }
        return state
    }

    /// Adds what a model asks, up to as many as there may be.
    package func add(_ followUps: [FollowUp], kind: String) throws -> InterviewState {
        try project.prepareStateFolder()
        return try withDirectoryLock(project.path(".neo")) {
            var state = try read(kind: kind)
            let known = state.followUps ?? []
            let ids = Set(known.map(\.id))
            // Another process may have asked meanwhile: then its questions count.
            let fresh = followUps.filter { !ids.contains($0.id) }
            guard !fresh.isEmpty else { return state }
            state.followUps = Array((known + fresh).prefix(FollowUp.most))
            try AtomicFile.write(JSONValue(encoding: state).prettyText + "\n", to: path)
            return state
        }
    }

    /// Adds answers to what stands there, also where another process has added some meanwhile.
    ///
    /// - Parameter check: sees what stands there just before, and refuses by throwing.
    package func add(
        _ answers: [InterviewState.Answer], kind: String, after check: (InterviewState) throws -> Void = { _ in }
    ) throws -> InterviewState {
        try project.prepareStateFolder()
        return try withDirectoryLock(project.path(".neo")) {
            var state = try read(kind: kind)
            try check(state)
            state.answers += answers
            try AtomicFile.write(JSONValue(encoding: state).prettyText + "\n", to: path)
            return state
        }
    }
}
