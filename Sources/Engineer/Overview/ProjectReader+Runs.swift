internal import Base
package import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The runs of a project, opened, and when their inbox was looked at.
struct LoggedRuns {
    var opened: (number: UInt64, store: RunStore)?
    var refreshed: ContinuousClock.Instant?
    var trouble: String?
    /// When it was last seen to that runs that have ended have their files.
    var kept: ContinuousClock.Instant?
}

extension ProjectReader {
    /// At most so often the inbox is read for people who look.
    private static let pause = Duration.seconds(1)
    /// At most so often it is looked whether files of runs are missing.
    private static let upkeepPause = Duration.seconds(10)

    /// The runs, with what was logged until a second ago; nil where nothing was ever logged: looking makes no database.
    package func runs() async throws -> RunStore? {
        guard let store = try openedRuns() else { return nil }
        let now = ContinuousClock.now
        if let last = logged.refreshed, now - last < Self.pause { return store }
        // Noted before it is done, so that of several pages at once only one does it.
        logged.refreshed = now
        logged.trouble = try await store.refresh().failure
        await keepParquet(of: store, now)
        return store
    }

    private func keepParquet(of store: RunStore, _ now: ContinuousClock.Instant) async {
        guard let upkeep, logged.trouble == nil, logged.kept.map({ now - $0 >= Self.upkeepPause }) ?? true else {
            return
        }
        logged.kept = now
        guard (try? project())?.file.keepsParquet ?? true else { return }
        await upkeep.start(for: store)
    }

    /// Why what was logged lately is not among the runs; nil where it is.
    package var runTrouble: String? { logged.trouble }

    private func openedRuns() throws -> RunStore? {
        let state = found.folder + "/.neo"
        let path = state + "/runs.db"
        if Self.fileNumber(path) == nil {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: state + "/inbox")) ?? []
            guard names.contains(where: { !$0.hasPrefix(".") }) else {
                logged = LoggedRuns()
                return nil
            }
        } else if let opened = logged.opened, opened.number == Self.fileNumber(path) {
            return opened.store
        }
        let name = (try? project().file.name) ?? found.folder.split(separator: "/").last.map { String($0) }
        let store = try RunStore.open(state, project: name ?? "project")
        logged = LoggedRuns(opened: Self.fileNumber(path).map { ($0, store) })
        return store
    }
}
