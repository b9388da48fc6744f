internal import Base
internal import Engineer
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Tracking

/// Puts the dashboard's routes, middleware and watch together.
struct DashboardAssembly {
    let options: ServerOptions
    let hub = LiveHub()
    let projects: DashboardProjects
    let surveys: SurveyDesk
    let proposing: ProposalDesk
    let clients = ConnectedClients()
    let metrics = RequestMetrics()
    private let time: TimeSource
    private let renderer: PageRenderer
    private let sessions: BrowserSessions
    private let desk: QueryDesk
    private let memory: BrowserMemory

    init(
        folders: [String], options: ServerOptions, upkeep: ParquetUpkeep? = nil, hasChat: Bool = false,
        reader: ReaderFile? = nil, host: String? = nil, time: TimeSource = .system, desk: QueryDesk = QueryDesk()
    ) throws {
        self.options = options
        self.time = time
        self.desk = desk
        // Whoever signs in from elsewhere is somebody else.
        let own = options.isLoopback && options.token == nil ? reader : nil
        memory = BrowserMemory(host: host) { (try? own?.read()) ?? ReaderProfile() }
        surveys = SurveyDesk(hub: hub, time: time)
        proposing = ProposalDesk(hub: hub)
        projects = DashboardProjects(folders: folders, upkeep: upkeep, time: time)
        renderer = try PageRenderer(hasToken: options.token != nil, hasChat: hasChat)
        sessions = BrowserSessions(port: options.port, time: time)
    }

    /// The routes behind their middleware, outermost first.
    var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
        router.addMiddleware {
            MetricsMiddleware(metrics: metrics, time: time)
            SecurityHeadersMiddleware()
            DashboardFailures(renderer: renderer)
            RateLimitMiddleware(
                buckets: options.requestsPerMinutePerClient.map { TokenBuckets(perMinute: $0, time: time) })
            DashboardAccess(options: options, sessions: sessions)
        }
        DashboardRoutes(
            options: options,
            pages: DashboardPages(
                projects: projects, time: time, desk: desk, surveys: surveys, proposing: proposing),
            renderer: renderer, sessions: sessions, memory: memory, hub: hub, time: time
        ).add(to: router)
        return router
    }

    /// The application; `onReady` hears the port once it listens.
    func application(onReady: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let bounds = ConnectionBounds(options: options, metrics: metrics, clients: clients)
        return Application(
            router: router,
            server: .http1(configuration: bounds.channel), configuration: bounds.application(logger),
            services: [
                ProjectWatch(projects: projects, hub: hub, port: ports, onReady: onReady), surveys, proposing,
            ],
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? options.port)
                continuation.finish()
            },
            logger: logger
        )
    }

    /// Writes to standard error: standard output belongs to the command's own result.
    var logger: Logger { ServerAssembly.logger("neo.dashboard", options.verbosity) }
}
