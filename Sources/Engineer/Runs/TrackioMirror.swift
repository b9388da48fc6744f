internal import Base
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Hands a run and its parts on to Trackio while the work goes on, at most every few seconds; the work never waits for it.
struct TrackioMirror: Sendable {
    /// The project's `.neo`.
    let state: String
    /// The project's name.
    let project: String
    let run: RunID
    var folder = TrackioFolder.standard(ProcessInfo.processInfo.environment)
    /// The time between two looks.
    var pauseSeconds = 2.0
    /// Hears once why Trackio gets nothing.
    let trouble: @Sendable (String) -> Void

    /// It takes at most this part of the time of one processor, however many trials there are.
    private static let share = 0.05

    /// Runs the body while what is logged goes over. What was logged last is left to who reads the runs next.
    func during<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let writing = Task { await write() }
        defer { writing.cancel() }
        return try await body()
    }

    private func write() async {
        let clock = ContinuousClock()
        var isSilent = false
        while !Task.isCancelled {
            let took = await clock.measure {
                do {
                    let store = try RunStore.open(state, project: project)
                    _ = try await store.refresh()
                    _ = try await TrackioExport(to: folder).write(store, of: run)
                } catch {
                    guard !isSilent, !(error is CancellationError), !Task.isCancelled else { return }
                    isSilent = true
                    trouble("Trackio does not get this run while it goes on: \(sentence(for: error))")
                }
            }
            try? await Task.sleep(for: max(.seconds(pauseSeconds), took / Self.share))
        }
    }
}
