internal import Base
internal import Hummingbird
internal import NIOCore
package import RAG
internal import ServiceLifecycle
package import Tracking

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Serves a release until `stop` has an element, or until the task is cancelled.
///
/// At the element no new connection is taken and requests in flight finish, for at most
/// `options.shutdownSeconds`; then the function returns. Cancelling the task ends requests at once and throws
/// `CancellationError`.
///
/// - Parameters:
///   - dashboard: the project's dashboard, which then has the first page.
///   - history: the run that keeps what came in; nil where nobody keeps it.
///   - monitoring: where each question is written down, and who is told of what; nil where nobody keeps them.
///   - onReady: hears the port, once the release has answered a first query.
/// - Throws: `ServerError`, whose message says which option to change.
package func runServer(
    service: any QueryService,
    options: ServerOptions = ServerOptions(),
    dashboard: MountedDashboard? = nil,
    history: RunLogger? = nil,
    monitoring: ServiceMonitoring? = nil,
    stop: AsyncStream<Void> = AsyncStream { $0.finish() },
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    try dashboard?.validate(options)
    let pages = try dashboard?.assembly(options)
    var assembly = ServerAssembly(service: service, options: options, dashboard: pages)
    assembly.history = history
    if let monitoring { assembly.keep(monitoring) }
    let group = try serviceGroup(assembly, options: options, onReady: onReady)
    // What the last requests were, too.
    defer { assembly.traffic?.write() }
    let requestLog = assembly.requestLog
    // Ends with the function at the latest.
    async let _: Void = {
        if await stop.first(where: { _ in true }) != nil {
            // Pages that listen would hold the end up.
            pages?.hub.close()
            await group.triggerGracefulShutdown()
        }
    }()
    do {
        try await runGroup(group, options: options)
    } catch {
        await requestLog?.write()
        throw error
    }
    await requestLog?.write()
}

/// Serves a release while `body` runs, and stops gracefully after it.
///
/// - Parameter body: is called with the port, once the release has answered a first query.
/// - Throws: what `body` throws, or `ServerError`.
package func withServer<Result: Sendable>(
    service: any QueryService,
    options: ServerOptions = ServerOptions(),
    body: (Int) async throws -> Result
) async throws -> Result {
    let (ready, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let group = try serviceGroup(ServerAssembly(service: service, options: options), options: options) {
        continuation.yield($0)
    }
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }
            try await runGroup(group, options: options)
        }
        guard let port = await ready.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        do {
            let result = try await body(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        } catch {
            await group.triggerGracefulShutdown()
            // What the server has to say of its own end matters less than the body's error.
            try? await tasks.waitForAll()
            throw error
        }
    }
}

private func serviceGroup(
    _ assembly: ServerAssembly, options: ServerOptions, onReady: @escaping @Sendable (Int) async -> Void
) throws -> ServiceGroup {
    try options.validate()
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    var configuration = ServiceGroupConfiguration(
        services: [assembly.application(onReady: onReady)], logger: assembly.logger
    )
    configuration.maximumGracefulShutdownDuration = .seconds(options.shutdownSeconds)
    return ServiceGroup(configuration: configuration)
}

/// Runs services until they end, and says in words why they could not begin.
func runGroup(_ group: ServiceGroup, options: ServerOptions) async throws {
    do {
        try await group.run()
    } catch is CancellationError {
        try Task.checkCancellation()
        // Nobody cancelled the task: the group did so with its own, at the end of the time for a graceful stop.
        throw ServerError(
            code: .cutOff,
            message: "Requests that had not finished after \(options.shutdownSeconds) s were cut off; "
                + "--shutdown-seconds gives them longer."
        )
    } catch {
        throw listeningError(error, options: options)
    }
    try Task.checkCancellation()
}

/// Says in words why the address could not be listened on; other errors stay as they are.
private func listeningError(_ error: any Error, options: ServerOptions) -> any Error {
    let place = "\(options.host):\(options.port)"
    switch error {
    case let error as IOError where error.errnoCode == EADDRINUSE:
        return ServerError(
            code: .portInUse,
            message: "Port \(options.port) of \(options.host) is in use by another program; stop that one or take "
                + "another with --port (0 takes any that is free).", cause: error
        )
    case let error as IOError where error.errnoCode == EACCES:
        return ServerError(
            code: .cannotListen,
            message:
                "This user may not listen on \(place); ports below 1024 are the administrator's: use another --port.",
            cause: error
        )
    case let error as IOError:
        return ServerError(
            code: .cannotListen, message: "Cannot listen on \(place); is \(options.host) an address of this machine?",
            cause: error
        )
    case is SocketAddressError, is SocketAddressError.UnknownHost:
        return ServerError(
            code: .cannotListen, message: "\(options.host) is not the name of an address; give one with --host.",
            cause: error
        )
    default:
        return error
    }
}
