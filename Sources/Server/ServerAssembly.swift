internal import Base
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import RAG
internal import ServiceLifecycle
internal import Tracking

/// Puts routes, middleware and warm-up together.
struct ServerAssembly {
    let service: any QueryService
    let options: ServerOptions
    let time: TimeSource
    let readiness = Readiness()
    let metrics = RequestMetrics()
    let clients = ConnectedClients()
    /// The project's dashboard; nil where it is not mounted.
    let dashboard: DashboardAssembly?
    /// The keys and the audit log; nil where there are none.
    var access: AccessControl?
    /// The run that keeps what comes in; nil where nobody keeps it.
    var history: RunLogger?

    init(
        service: any QueryService, options: ServerOptions, dashboard: DashboardAssembly? = nil,
        time: TimeSource = .system
    ) {
        self.dashboard = dashboard
        self.service = ServedRelease(service)
        self.options = options
        self.time = time
    }

    /// The routes behind their middleware, outermost first.
    var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
        router.addMiddleware {
            MetricsMiddleware(metrics: metrics, time: time)
            TraceMiddleware()
            SecurityHeadersMiddleware()
            FailureMiddleware()
            HostMiddleware(options: options)
            RateLimitMiddleware(
                buckets: options.requestsPerMinutePerClient.map { TokenBuckets(perMinute: $0, time: time) }
            )
            AccessMiddleware(
                token: options.token, groups: options.groups, control: access, time: time,
                release: service.summary["release"])
            PathMiddleware()
        }
        ServerRoutes(
            service: service, options: options, readiness: readiness, metrics: metrics, time: time,
            feed: AnswerFeed(service: service, options: options, clients: clients),
            model: ServedModel(service.summary, created: time.now())
        ).add(to: router)
        return router
    }

    /// Who writes down what comes in.
    var traffic: TrafficLog? { history.map { TrafficLog(metrics: metrics, logger: $0) } }

    /// Who answers: the release, and where it has nothing, the dashboard.
    var responder: CallbackResponder<ServerContext> {
        let release = router.buildResponder()
        let pages = dashboard?.router.buildResponder()
        return CallbackResponder { request, context in
            guard let pages, !MountedDashboard.isOfRelease(request.uri.path) else {
                return try await release.respond(to: request, context: context)
            }
            return try await pages.respond(to: request, context: context)
        }
    }

    /// The application; `onReady` hears the port once the first query has been answered.
    func application(onReady: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let watch = dashboard.map { dashboard -> any Service in
            ProjectWatch(
                projects: dashboard.projects, hub: dashboard.hub,
                port: AsyncStream { continuation in
                    continuation.yield(options.port)
                    continuation.finish()
                }, onReady: { _ in })
        }
        return Application(
            responder: responder,
            server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: ConnectionLimit(
                    maximum: options.maximumConnections, metrics: metrics, logger: logger
                )
            ),
            services: [
                WarmUp(service: service, readiness: readiness, groups: options.groups, port: ports, onReady: onReady)
            ]
                + [watch, dashboard?.surveys, dashboard?.proposing, traffic, access].compactMap { $0 as (any Service)? },
            onServerRunning: { channel in
                // One at a time: a batch would take more than the limit leaves room for.
                try? await channel.setOption(.maxMessagesPerRead, value: 1).get()
                continuation.yield(channel.localAddress?.port ?? options.port)
                continuation.finish()
            },
            logger: logger
        )
    }

    /// What one connection may do. The heads of requests are small: no route reads more of them than a token.
    private var channel: HTTP1Channel.Configuration {
        let (options, metrics, clients) = (options, metrics, clients)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionDeadlines(limit: .seconds(Int64(options.requestSeconds)), clients: clients) {
                    // Before the last place is taken, so that one that has just become free changes nothing.
                    metrics.snapshot.connections > options.maximumConnections * 3 / 4
                }
            ],
            idleTimeout: .seconds(Int64(options.idleSeconds)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100
            )
        )
    }

    /// Writes to standard error: standard output belongs to the command's own result.
    var logger: Logger { Self.logger("neo.server", options.verbosity) }

    /// A log on standard error.
    static func logger(_ label: String, _ verbosity: ServerOptions.Verbosity) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel =
            switch verbosity {
            case .errors: .error
            case .notices: .notice
            case .requests: .info
            }
        return logger
    }
}
