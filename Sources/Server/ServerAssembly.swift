internal import Base
internal import Engineer
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import RAG
internal import ServiceLifecycle
internal import Tracking

/// Puts routes, middleware and warm-up together.
struct ServerAssembly {
    private(set) var service: any QueryService
    let options: ServerOptions
    let time: TimeSource
    /// The service, where it changes releases.
    let releases: ReleaseSwitch?
    let readiness = Readiness()
    let metrics = RequestMetrics()
    let clients = ConnectedClients()
    /// The project's dashboard; nil where it is not mounted.
    let dashboard: DashboardAssembly?
    /// The keys and the audit log; nil where there are none.
    var access: AccessControl?
    /// The run that keeps what comes in; nil where nobody keeps it.
    var history: RunLogger?
    /// Where what people say of answers goes; nil where it is not kept.
    var feedback: FeedbackBox?
    /// The releases that can be shown side by side; nil for those of the switch.
    var comparable: (@Sendable () -> [ComparedRelease])?
    /// What attackers' programs may do to it; nil outside of tests.
    var tested: TestMode?
    /// Where each question is written down; nil where nobody keeps them.
    var requestLog: RequestLog?
    /// What else runs while the release is served.
    var companions: [any Service] = []

    init(
        service: any QueryService, options: ServerOptions, dashboard: DashboardAssembly? = nil,
        time: TimeSource = .system
    ) {
        self.dashboard = dashboard
        self.service = ServedRelease(service)
        releases = service as? ReleaseSwitch
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
            ReleaseMiddleware(releases: releases)
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
        if let requestLog { router.add(middleware: ObservationMiddleware(log: requestLog, time: time)) }
        ServerRoutes(
            service: service, options: options, readiness: readiness, metrics: metrics, time: time,
            feed: AnswerFeed(service: service, options: options, clients: clients),
            model: ServedModel(service.summary, created: time.now()), feedback: feedback,
            comparable: comparable ?? { [releases] in releases?.compared ?? [] }
        ).add(to: router)
        return router
    }

    /// Who writes down what comes in.
    var traffic: TrafficLog? { history.map { TrafficLog(metrics: metrics, logger: $0) } }

    /// Keeps a row for each question from here on, and has the service watched.
    mutating func keep(_ monitoring: ServiceMonitoring) {
        let logger = logger
        var judging: (@Sendable (LiveJudge.Offer) -> Void)?
        if let judge = monitoring.judge {
            let companion = JudgeCompanion(judge) { logger.notice("\($0)") }
            companions.append(companion)
            judging = { offer in companion.offer.yield(offer) }
        }
        let log = RequestLog(monitoring.records, metrics: metrics, time: time, judging: judging) {
            logger.error("\($0)")
        }
        requestLog = log
        let swappable = SwappableService(service)
        service = ServedRelease(swappable)
        companions.append(
            WatchCompanion(
                monitoring: monitoring, service: swappable, releases: releases, log: log, metrics: metrics,
                readiness: readiness,
                time: time
            ) { logger.notice("\($0)") })
    }

    /// Who answers: the release, and where it has nothing, the dashboard.
    var responder: CallbackResponder<ServerContext> {
        let release = router.buildResponder()
        let pages = dashboard?.router.buildResponder()
        let tests = tested.map {
            TestRoutes(desk: TestDesk($0, service: service), options: options).router.buildResponder()
        }
        return CallbackResponder { request, context in
            if let tests, TestRoutes.paths.contains(request.uri.path) {
                return try await tests.respond(to: request, context: context)
            }
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
        let bounds = ConnectionBounds(options: options, metrics: metrics, clients: clients)
        return Application(
            responder: responder,
            server: .http1(configuration: bounds.channel), configuration: bounds.application(logger),
            services: [
                WarmUp(service: service, readiness: readiness, groups: options.groups, port: ports, onReady: onReady)
            ]
                + [watch, dashboard?.surveys, dashboard?.proposing, traffic, access, requestLog].compactMap {
                    $0 as (any Service)?
                }
                + companions,
            onServerRunning: { channel in
                // One at a time: a batch would take more than the limit leaves room for.
                try? await channel.setOption(.maxMessagesPerRead, value: 1).get()
                continuation.yield(channel.localAddress?.port ?? options.port)
                continuation.finish()
            },
            logger: logger
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
