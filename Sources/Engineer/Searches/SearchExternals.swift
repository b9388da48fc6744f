internal import AutoML
internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The systems that are not Neo's, in one search: measured on the search's questions before the first trial, so that one
/// that is not there is known in seconds, and on the held-out questions together with all others.
struct SearchExternals: Sendable {
    let settings: [ExternalSetting]
    let folder: String
    let evaluator: ExternalEvaluator
    let database: NeoDatabase

    init(
        _ workspace: Workspace, golden: ProjectGolden, database: NeoDatabase, time: TimeSource,
        onEvent: @escaping @Sendable (SearchEvent) -> Void
    ) {
        settings = workspace.project.file.externals
        folder = workspace.project.folder
        evaluator = ExternalEvaluator(workspace, golden: golden, time: time) { name, done, all in
            onEvent(.asking(system: name, done: done, questions: all))
        }
        self.database = database
    }

    /// Measures all of them on the search's questions.
    func measure(on ids: [String]) async throws -> [ExternalMeasurement] {
        var measured: [ExternalMeasurement] = []
        for setting in settings {
            measured.append(try await evaluator.measure(setting, on: ids, database: database))
        }
        return measured
    }

    /// Measures all of them on held-out questions. One that fails now did not fail before: all others have their numbers.
    func measureHeldOut(on ids: [String]) async throws -> [ExternalMeasurement] {
        var measured: [ExternalMeasurement] = []
        for setting in settings {
            measured.append(try await evaluator.measure(setting, on: ids, database: database, isStart: false))
        }
        return measured
    }

    /// Whether some of them have not seen the held-out questions of a study.
    func areUnopened(in study: ContentHash) async throws -> Bool {
        for setting in settings where try await database.fact(key(of: setting, study)) == nil { return true }
        return false
    }

    /// Writes down that all of them are about to see these questions: a search that is stopped while it asks, which may
    /// take minutes, has opened them once and not twice.
    func recordOpened(in study: ContentHash, at now: Date) async throws {
        for setting in settings {
            try await database.setFact(key(of: setting, study), to: .string(now.timestamp))
        }
    }

    private func key(of setting: ExternalSetting, _ study: ContentHash) -> String {
        "\(HeldOutMeasurement.name) of \(study.hex) opened by \(setting.identity(in: folder).hex)"
    }
}
