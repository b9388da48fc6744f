internal import Base
package import Engineer
internal import Hummingbird
internal import ServiceLifecycle
package import Tracking

/// Where the environment has the token that browsers sign in with. Not the one of a served release: who may ask it questions
/// may not see held-out questions, costs and transcripts, nor approve anything.
package let dashboardTokenVariable = "NEO_DASHBOARD_TOKEN"

/// Shows the projects of some folders to browsers until `stop` has an element, or until the task is cancelled.
///
/// - Parameters:
///   - folders: projects, or folders with projects below.
///   - upkeep: writes the Parquet files of runs that are seen to end; nobody does, where nil.
///   - reader: what is known of the person at this machine, where its browsers begin.
///   - host: the name of whoever serves it, which forms suggest; that of the environment, where nil.
///   - onReady: hears the port once it listens.
/// - Throws: `ServerError`, whose message says which option to change; `EngineerError` where a folder is none.
package func runDashboard(
    folders: [String], options: ServerOptions, upkeep: ParquetUpkeep? = nil, reader: ReaderFile? = nil,
    host: String? = nil,
    stop: AsyncStream<Void> = AsyncStream { $0.finish() },
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    try options.validate(tokenIn: dashboardTokenVariable)
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    _ = try ProjectFinder.find(in: folders)
    let assembly = try DashboardAssembly(folders: folders, options: options, upkeep: upkeep, reader: reader, host: host)
    // Pages that listen would hold the end up.
    try await runServices(
        [assembly.application(onReady: onReady)], options: options, logger: assembly.logger, stop: stop
    ) { assembly.hub.close() }
}
