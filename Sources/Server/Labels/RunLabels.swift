internal import Base
package import Engineer
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import ServiceLifecycle

/// Serves the pages on which people label until `stop` has an element, or until the task is cancelled.
///
/// It needs no token of its own: each page is found only by the address that one person was given.
///
/// - Parameter onReady: hears the port once it listens.
/// - Throws: `ServerError`, whose message says which option to change.
package func runLabels(
    _ desk: LabelDesk, options: ServerOptions, stop: AsyncStream<Void> = AsyncStream { $0.finish() },
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    try options.validateValues()
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    let logger = ServerAssembly.logger("neo.label", options.verbosity)
    let metrics = RequestMetrics()
    let clients = ConnectedClients()
    let application = Application(
        router: labelRouter(desk, options: options),
        server: .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [
                    ConnectionDeadlines(limit: .seconds(Int64(options.requestSeconds)), clients: clients) {
                        metrics.snapshot.connections > options.maximumConnections * 3 / 4
                    }
                ],
                idleTimeout: .seconds(Int64(options.idleSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
        configuration: ApplicationConfiguration(
            address: .hostname(options.host, port: options.port),
            availableConnectionsDelegate: ConnectionLimit(
                maximum: options.maximumConnections, metrics: metrics, logger: logger)),
        onServerRunning: { channel in await onReady(channel.localAddress?.port ?? options.port) },
        logger: logger)
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(options.shutdownSeconds)
    let group = ServiceGroup(configuration: configuration)
    async let _: Void = {
        if await stop.first(where: { _ in true }) != nil { await group.triggerGracefulShutdown() }
    }()
    try await runGroup(group, options: options)
}

/// The pages behind their middleware, outermost first.
func labelRouter(_ desk: LabelDesk, options: ServerOptions) -> Router<ServerContext> {
    let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
    router.addMiddleware {
        SecurityHeadersMiddleware()
        FailureMiddleware()
        HostMiddleware(options: options)
        RateLimitMiddleware(
            buckets: options.requestsPerMinutePerClient.map { TokenBuckets(perMinute: $0, time: .system) })
    }
    LabelRoutes(desk: desk).add(to: router)
    return router
}
