internal import Agents
internal import Base
internal import Storage
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ProjectReader {
    /// So many of the newest sessions are looked at for what waits.
    private static let newest = 20
    /// A longer file is not read for it: its page says how it stands.
    private static let longest = 16 << 20

    /// How a session stands; nil where its file is damaged, or too long to be read again and again.
    package func standing(of id: String) -> SessionStanding? {
        let path = SessionStore(workspace: found.folder).path(of: id)
        guard let state = FileState(path), state.bytes <= Self.longest else { return nil }
        if let known = sessions[id], known.state == state { return known.standing }
        let standing = try? SessionStanding(SessionJournal.read(path))
        sessions[id] = (state, standing)
        return standing
    }

    /// A person has seen that a session stopped or asks: it waits no more, until something else happens in it.
    package func see(session id: String, event: Int, by who: String) async throws {
        guard SessionStore(workspace: found.folder).ids().contains(id) else {
            throw EngineerError(code: .invalidRequest, message: "There is no such session any more.")
        }
        try await madeDatabase().setFact(Self.fact(id), to: ["event": .integer(event), "by": .string(who)])
    }

    /// Sessions that stopped at a limit, and those whose agent asks something.
    func sessionItems() async -> [WaitingItem] {
        let ids = SessionStore(workspace: found.folder).ids().prefix(Self.newest)
        sessions = sessions.filter { ids.contains($0.key) }
        var items: [WaitingItem] = []
        for id in ids {
            guard let standing = standing(of: id), let words = await words(standing) else { continue }
            let seen = try? await database()?.fact(Self.fact(id))?["event"]?.integer
            guard standing.lastEvent > seen ?? -1 else { continue }
            items.append(
                WaitingItem(
                    kind: "agent", sentence: words, since: Date(timeIntervalSince1970: standing.lastTime),
                    place: .session(id), action: standing.question == nil ? "See how far it came" : "See the question",
                    session: WaitingItem.Session(id: id, event: standing.lastEvent)))
        }
        return items
    }

    /// What waits in a session, as a sentence; nil where nothing does.
    private func words(_ standing: SessionStanding) async -> String? {
        let task = ReportText.shortened(standing.summary.task, to: 80)
        if standing.isAtLimit, let end = standing.end?.end {
            return "An agent stopped at a limit while it worked on “\(task)”. \(end.message) "
                + "neo agent --session \(standing.summary.id) goes on, with higher limits."
        }
        guard let question = standing.question else { return nil }
        // Whose process is gone waits for nobody.
        let run = try? await runs()?.run("session-" + standing.summary.id)
        guard run == nil || run?.status == .running else { return nil }
        return "An agent that works on “\(task)” asks at its terminal: \(ReportText.shortened(question, to: 200))"
    }

    private static func fact(_ id: String) -> String { "seen session \(id)" }
}
