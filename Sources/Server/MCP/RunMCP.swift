internal import Base
internal import Hummingbird
internal import HummingbirdCore
package import MCP
internal import NIOCore
internal import ServiceLifecycle

/// Where the environment has the token of a server of the Model Context Protocol.
package let mcpTokenVariable = "NEO_MCP_TOKEN"

/// Offers tools over streamable HTTP until `stop` has an element, or until the task is cancelled.
///
/// - Parameter onReady: hears the port once it listens.
/// - Throws: `ServerError`, whose message says which option to change.
package func runMCP(
    _ server: MCPServer, options: ServerOptions, stop: AsyncStream<Void> = AsyncStream { $0.finish() },
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    try options.validate(tokenIn: mcpTokenVariable)
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    let logger = ServerAssembly.logger("neo.mcp", options.verbosity)
    let clients = ConnectedClients()
    let bounds = ConnectionBounds(options: options, metrics: RequestMetrics(), clients: clients)
    let application = Application(
        router: mcpRouter(server, options: options, clients: clients), server: .http1(configuration: bounds.channel),
        configuration: bounds.application(logger),
        onServerRunning: { channel in await onReady(channel.localAddress?.port ?? options.port) }, logger: logger)
    try await runServices([application], options: options, logger: logger, stop: stop)
}

/// The one address behind its middleware, outermost first.
func mcpRouter(
    _ server: MCPServer, options: ServerOptions, clients: ConnectedClients, time: TimeSource = .system
) -> Router<ServerContext> {
    let router = Router(context: ServerContext.self)
    router.addMiddleware {
        SecurityHeadersMiddleware()
        FailureMiddleware()
        HostMiddleware(options: options)
        OriginMiddleware(options: options)
        RateLimitMiddleware(
            buckets: options.requestsPerMinutePerClient.map { TokenBuckets(perMinute: $0, time: time) })
        AccessMiddleware(token: options.token, groups: nil, control: nil, time: time, release: nil)
    }
    MCPRoutes(
        work: MCPWork(server: server, options: options, clients: clients), sessions: MCPSessions(time: time),
        options: options
    ).add(to: router)
    return router
}
