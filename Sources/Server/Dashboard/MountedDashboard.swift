package import Base
internal import Hummingbird
package import Tracking

/// The dashboard of a project under the server of its release: it takes `/` and all paths that the release does not have,
/// and the chat page is left at `/chat`.
///
/// Who may ask questions may not see held-out questions, costs and transcripts, nor approve anything. So it is there only
/// where somebody asked for it, and where the release has a token, the dashboard has one of its own.
package struct MountedDashboard: Sendable {
    /// The project's folder.
    package let folder: String
    /// What browsers sign in with.
    package let token: Secret?
    private let upkeep: ParquetUpkeep?

    /// A dashboard.
    ///
    /// - Parameter upkeep: writes the Parquet files of runs that are seen to end; nobody does, where nil.
    package init(folder: String, token: Secret?, upkeep: ParquetUpkeep? = nil) {
        self.folder = folder
        self.token = token
        self.upkeep = upkeep
    }

    /// Refuses what would open the dashboard to those who may only ask.
    package func validate(_ options: ServerOptions) throws(ServerError) {
        guard token == nil, options.isLocked || !options.isLoopback else {
            guard token != nil, token == options.token else { return }
            throw ServerError(
                code: .tokenUnusable,
                message: "The dashboard has the token of the release, so everybody who may ask questions could approve "
                    + "documents; give it another one in \(dashboardTokenVariable) or with --dashboard-token-file.")
        }
        throw ServerError(
            code: .tokenMissing,
            message:
                "With --dashboard, whoever may ask questions could see held-out questions and approve documents. Give "
                + "the dashboard a token of its own in \(dashboardTokenVariable) or with --dashboard-token-file.")
    }

    /// Its routes, for a server with these options.
    func assembly(_ options: ServerOptions) throws -> DashboardAssembly {
        var own = options
        own.token = token
        own.requestsPerMinutePerClient = options.requestsPerMinutePerClient.map { max($0, 3000) }
        return try DashboardAssembly(folders: [folder], options: own, upkeep: upkeep, hasChat: true)
    }

    /// Whether a path is the release's.
    static func isOfRelease(_ path: String) -> Bool {
        guard let route = Route(path: path) else { return path.hasPrefix("/v1/") }
        return route != .chat
    }
}
