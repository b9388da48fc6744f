internal import Agents
internal import Base
internal import LanguageModels
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Sessions come and go.
extension EditorServer {
    /// So many sessions are on a page of a list.
    private static let pageLength = 50

    func newSession(_ params: ACPParams) throws -> Course {
        let folder = try folder(params)
        let servers = try GivenServers(params, folder: folder)
        let id = try reserve(SessionStore.newID())
        return .later { try await self.opened(id, nil, folder, servers, tellsAgain: false) }
    }

    /// `session/load` and `session/resume`: the first tells what happened so far.
    func openSession(_ params: ACPParams, tellsAgain: Bool) throws -> Course {
        let folder = try folder(params)
        let servers = try GivenServers(params, folder: folder)
        let id = try params.text("sessionId")
        if let session = sessions[id], !opening.contains(id) {
            guard session.workspace == folder else {
                throw params.wrong("cwd", "is not the folder of the session, which is \(session.workspace)")
            }
            guard runs[id] == nil else {
                throw ACPFault(
                    .request, "The session \(id) is at work. Stop it with session/cancel before it is opened again.")
            }
            return .later { try await self.described(session, tellsAgain: tellsAgain) }
        }
        let store = SessionStore(workspace: folder)
        // Only what is listed there: a name may hold a path.
        guard store.ids().contains(id) else {
            throw ACPFault(
                .missing,
                "There is no session \"\(id.prefix(100))\" in \(store.folder). session/list names those that are.")
        }
        let reserved = try reserve(id)
        return .later {
            do {
                let before = try SessionJournal.start(of: store.path(of: reserved))
                guard let before else { throw ACPFault(.missing, "The session \(reserved) was cut off at its start.") }
                return try await self.opened(reserved, before, folder, servers, tellsAgain: tellsAgain)
            } catch {
                await self.release(reserved)
                throw error
            }
        }
    }

    private func opened(
        _ id: String, _ before: SessionStart?, _ folder: String, _ servers: GivenServers, tellsAgain: Bool
    ) async throws -> Reply {
        defer { release(id) }
        // Here, so that the editor is told where there are no walls to be had.
        let sandbox = try Sandbox.find()
        let runtime = before?.runtime ?? sandbox.runtime
        let store = SessionStore(workspace: folder)
        try store.prepare()
        let mode = store.mode(of: id) ?? before?.mode ?? settings.mode
        var opening = AgentOpening(
            workspace: folder, id: id, before: before, mode: mode, model: settings.model ?? before?.model ?? "agent",
            tools: settings.tools, limits: settings.limits, sandbox: sandbox,
            programs: runtime == sandbox.runtime ? sandbox : try Sandbox.find(runtime: runtime), showsHistory: false)
        opening.servers = servers
        let session = try await EditorSession.open(
            opening, ModeSwitch(mode), asks, takesForms: takesForms, output)
        sessions[id] = session
        return try await described(session, tellsAgain: tellsAgain)
    }

    /// The answer to a request that opens a session, after what it has to tell.
    private func described(_ session: EditorSession, tellsAgain: Bool) async throws -> Reply {
        if tellsAgain { try await session.tellAgain() }
        let modes = PermissionMode.allCases.reversed().map(\.asMode)
        var result: [String: JSONValue] = [
            "modes": ["currentModeId": .string(session.modes.current.rawValue), "availableModes": .array(modes)]
        ]
        // The one who opens a session that was there knows its name.
        if session.isNew { result["sessionId"] = .string(session.id) }
        return Reply(.object(result), then: EditorCommand.update, of: session.id)
    }

    private func reserve(_ id: String) throws(ACPFault) -> String {
        guard !opening.contains(id) else {
            throw ACPFault(.request, "The session \(id) is just being opened or closed.")
        }
        guard sessions.count + opening.count < Self.mostSessions else {
            throw ACPFault(.failed, "\(Self.mostSessions) sessions are open: close one with session/close.")
        }
        opening.insert(id)
        return id
    }

    private func release(_ id: String) { opening.remove(id) }

    func close(_ params: ACPParams) throws -> Course {
        let id = try found(params).id
        cancel(id)
        // It cannot be opened again before its file is free.
        opening.insert(id)
        return .later {
            await self.close(id)
            return Reply([:])
        }
    }

    private func close(_ id: String) async {
        defer { release(id) }
        await settled(id)
        await sessions.removeValue(forKey: id)?.close()
    }

    func setMode(_ params: ACPParams) throws -> JSONValue {
        let session = try found(params)
        let name = try params.text("modeId")
        guard let mode = PermissionMode(rawValue: name) else {
            let names = PermissionMode.allCases.reversed().map(\.rawValue).joined(separator: ", ")
            throw params.wrong("modeId", "is \"\(name.prefix(40))\"; there are \(names)")
        }
        // First on the disk: a session that was made to look only does no more when it is opened again.
        try SessionStore(workspace: session.workspace).keep(mode, for: session.id)
        session.modes.change(to: mode)
        output.send(["sessionUpdate": "current_mode_update", "currentModeId": .string(name)], of: session.id)
        return [:]
    }

    func list(_ params: ACPParams) throws -> Course {
        let folder = params["cwd"] == nil ? settings.folder : try folder(params)
        let cursor = try params["cursor"].map { value in
            guard let last = value.string else { throw params.wrong("cursor", "must be a text") }
            return last
        }
        return .later { Reply(await Self.page(of: folder, behind: cursor)) }
    }

    /// A page of a folder's sessions; the newest come first, and it begins behind the last one of the page before.
    @concurrent
    private static func page(of folder: String, behind cursor: String?) async -> JSONValue {
        let store = SessionStore(workspace: folder)
        let ids = store.ids().drop { id in cursor.map { id >= $0 } ?? false }
        let page = ids.prefix(pageLength)
        let rows = page.compactMap { id -> JSONValue? in
            // One that is damaged is no reason to list none.
            guard let summary = try? SessionSummary.read(store.path(of: id)) else { return Optional.none }
            var row: [String: JSONValue] = ["sessionId": .string(id), "cwd": .string(folder)]
            if !summary.task.isEmpty { row["title"] = .string(title(summary.task)) }
            let facts = try? FileManager.default.attributesOfItem(atPath: store.path(of: id))
            if let changed = facts?[.modificationDate] as? Date { row["updatedAt"] = .string(changed.timestamp) }
            return .object(row)
        }
        var answer: [String: JSONValue] = ["sessions": .array(rows)]
        if page.count < ids.count, let last = page.last { answer["nextCursor"] = .string(last) }
        return .object(answer)
    }

    /// What a session is called: what the user asked for first.
    static func title(_ task: String) -> String {
        let line = task.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(Terminal.harmless(line).prefix(120))
    }

    /// The folder of a session.
    private func folder(_ params: ACPParams) throws(ACPFault) -> String {
        let path = try params.text("cwd")
        guard path.hasPrefix("/") else { throw params.wrong("cwd", "must be an absolute path") }
        guard !path.utf8.contains(0), let folder = try? AgentCommand.existingFolder(path) else {
            throw params.wrong("cwd", "is no folder: \(path.prefix(200))")
        }
        guard try params.list("additionalDirectories").isEmpty else {
            throw params.wrong("additionalDirectories", "cannot be had: a session works in one folder")
        }
        return folder
    }
}

extension PermissionMode {
    /// The mode as an editor offers it.
    fileprivate var asMode: JSONValue {
        let (name, description) =
            switch self {
            case .workspace: ("Workspace", "Changes the folder and runs programs inside walls without asking")
            case .ask: ("Ask", "Asks before it changes or runs anything")
            case .readOnly: ("Read only", "Only looks: for questions and plans")
            }
        return ["id": .string(rawValue), "name": .string(name), "description": .string(description)]
    }
}
