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
    let bounds = ConnectionBounds(options: options, metrics: RequestMetrics(), clients: ConnectedClients())
    let application = Application(
        router: labelRouter(desk, options: options), server: .http1(configuration: bounds.channel),
        configuration: bounds.application(logger),
        onServerRunning: { channel in await onReady(channel.localAddress?.port ?? options.port) }, logger: logger)
    try await runServices([application], options: options, logger: logger, stop: stop)
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
