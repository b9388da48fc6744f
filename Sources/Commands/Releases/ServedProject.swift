internal import Base
internal import Engineer
internal import RAG
internal import Server
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What `neo serve` is asked to serve: a project's release or its winner, or a release's folder by itself.
struct ServedProject: Sendable {
    /// Nil of a folder by itself.
    let project: Project?
    /// The release; nil where the winner is served.
    let folder: ReleaseFolder?
    /// Whether promotions are followed: not where a release was named.
    let isFollowed: Bool
    /// What its user should know.
    let warning: String?

    /// Finds it.
    ///
    /// - Parameter release: the release that was named; nil for the one in service.
    static func find(_ path: String, release: Int?, allowsUnapproved: Bool) async throws -> ServedProject {
        if release == nil, ReleaseFolder.isRelease(path) {
            return ServedProject(project: nil, folder: try ReleaseFolder(at: path), isFollowed: false, warning: nil)
        }
        let project = try Project(opening: path)
        let live = release == nil ? try await ReleaseBooks.read(project).live.live : nil
        guard let number = release ?? live else {
            let statement = try await Approvals(project).statement(allowsUnapproved: allowsUnapproved)
            return ServedProject(project: project, folder: nil, isFollowed: false, warning: statement?.warning)
        }
        return ServedProject(
            project: project, folder: try ReleaseFolder(number, of: project), isFollowed: release == nil, warning: nil)
    }

    /// Test mode adds documents for whoever asks: never to what people rely on.
    static let testModeOfRelease = EngineerError(
        code: .invalidRequest,
        message: "A release is not served in test mode. Test the winner of a project in which no release is in service."
    )

    /// A service that runs does not open what was closed because a section is missing.
    static let rulesAreGone = EngineerError(
        code: .invalidProjectFile,
        message:
            "neo.yaml does not say any more who sees which documents (`access:`). Start the service again if everybody may "
            + "see all of them.")

    /// Whether not everybody sees every document: the project says so, or the release.
    var hasRules: Bool { project?.file.access != nil || folder?.manifest.namesReaders == true }

    /// Whose documents somebody sees who has no key. Of a release it is always said: the next one that is promoted may have
    /// readers where this one has none.
    func groups(_ groups: Set<AccessGroup>) -> Set<AccessGroup>? { hasRules || folder != nil ? groups : nil }

    private static func winner(
        _ workspace: Workspace, _ answering: Release.Answering, _ groups: Set<AccessGroup>?, _ access: AccessControl?
    ) async throws -> any QueryService {
        guard let groups else { return try await Release.open(workspace, answering: answering) }
        let views = ProjectViews.open(workspace) { try await Release.open($0, answering: answering) }
        for groups in known(groups, access).prefix(ProjectViews.mostViews) { try await views.prepare(groups) }
        return views
    }

    /// The groups of those who may ask now: none of them waits for indexes.
    private static func known(_ groups: Set<AccessGroup>?, _ access: AccessControl?) -> Set<Set<AccessGroup>> {
        Set(access?.ring.valid(at: Date()).map(\.groups) ?? []).union([groups ?? [.everyone]])
    }

    /// A service that was opened.
    struct Opened: Sendable {
        let service: any QueryService
        let diagnostics: [Diagnostic]
        /// What the winner was built in; nil of a release.
        var workspace: Workspace?
        /// Makes the winner anew from the documents as they are; nil of a release, which never changes.
        var reopen: (@Sendable () async throws -> any QueryService)?
        /// What is said of it.
        let name: String
        fileprivate let supervisor: (@Sendable (_ say: @escaping @Sendable (String) -> Void) -> ReleaseSupervisor)?

        /// Runs the body while promotions are followed, where they are.
        func supervised(
            say: @escaping @Sendable (String) -> Void, _ body: @escaping @Sendable () async throws -> Void
        ) async throws {
            guard let supervisor else { return try await body() }
            let running = supervisor(say)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await running.run() }
                defer { tasks.cancelAll() }
                try await body()
            }
        }
    }

    /// Loads it; as each group sees it, where the project says who sees what.
    func open(
        ports: Workspace.Ports, answering: Release.Answering, seenBy groups: Set<AccessGroup>?, _ access: AccessControl?
    ) async throws -> Opened {
        guard let folder else {
            guard let project else { throw CancellationError() }
            let workspace = try await Workspace.open(project, ports: ports)
            return Opened(
                service: try await Self.winner(workspace, answering, groups, access),
                diagnostics: workspace.diagnostics.all, workspace: workspace,
                reopen: {
                    let now = try Project(opening: project.folder)
                    guard groups == nil || now.file.access != nil else { throw Self.rulesAreGone }
                    let again = try await Workspace.open(now, ports: ports)
                    return try await Self.winner(again, answering, groups, access)
                }, name: "the winner", supervisor: nil)
        }
        if let project { try await ReleaseBooks.read(project).require(folder) }
        let service = try await ProjectViews.open(
            folder, of: project, ports: ports, answering: answering, preparing: Self.known(groups, access))
        let releases = ReleaseSwitch(number: folder.identity.number, service: service)
        let name = "release \(folder.identity.number)"
        guard isFollowed, let project else {
            return Opened(service: releases, diagnostics: [], name: name, supervisor: nil)
        }
        let database = try NeoDatabase(path: project.databasePath)
        return Opened(service: releases, diagnostics: [], name: name) { say in
            ReleaseSupervisor(
                releases, books: { try await ReleaseBooks.live(database) },
                load: { number in
                    let folder = try ReleaseFolder(number, of: project)
                    try await ReleaseBooks.read(project).require(folder)
                    // The rules as they are now: neo.yaml may have got them since the start.
                    return try await ProjectViews.open(
                        folder, of: try Project(opening: project.folder), ports: ports, answering: answering,
                        preparing: Self.known(groups, access))
                },
                rollBack: { live, because, report in
                    _ = try await ReleasePromotion.rollBack(
                        project, who: "neo serve", because: because, action: .automaticRollback, expected: live,
                        report: report, keeper: KnowledgeCommand.keeper(project))
                }, say: say)
        }
    }
}
