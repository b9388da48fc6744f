internal import Base
package import Engineer
internal import Hummingbird
internal import Logging
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
///   - feedback: keeps what people say of answers; nil where nobody does.
///   - tested: what attackers' programs may do to it; nil outside of tests.
///   - access: the keys and the audit log; nil where there are none.
///   - monitoring: where each question is written down, and who is told of what; nil where nobody keeps them.
///   - onReady: hears the port, once the release has answered a first query.
/// - Throws: `ServerError`, whose message says which option to change.
package func runServer(
    service: any QueryService,
    options: ServerOptions = ServerOptions(),
    dashboard: MountedDashboard? = nil,
    history: RunLogger? = nil,
    feedback: FeedbackDesk? = nil,
    tested: TestMode? = nil,
    access: AccessControl? = nil,
    monitoring: ServiceMonitoring? = nil,
    stop: AsyncStream<Void> = AsyncStream { $0.finish() },
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    try dashboard?.validate(options)
    let pages = try dashboard?.assembly(options)
    var assembly = ServerAssembly(service: service, options: options, dashboard: pages)
    assembly.history = history
    assembly.feedback = feedback.map { FeedbackBox(desk: $0) }
    assembly.access = access
    if let monitoring { assembly.keep(monitoring) }
    try options.validate()
    try tested?.validate(options)
    assembly.tested = tested
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    // What the last requests were, too.
    defer { assembly.traffic?.write() }
    let requestLog = assembly.requestLog
    do {
        try await runServices(
            [assembly.application(onReady: onReady)], options: options, logger: assembly.logger, stop: stop
        ) {
            // Pages that listen would hold the end up.
            pages?.hub.close()
        }
    } catch {
        await access?.flush()
        await requestLog?.write()
        throw error
    }
    // What the last requests did, too.
    await access?.flush()
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
    try options.validate()
    try OpenFiles.makeRoom(connections: options.maximumConnections)
    let assembly = ServerAssembly(service: service, options: options)
    let group = serviceGroup(
        [assembly.application { continuation.yield($0) }], options: options, logger: assembly.logger)
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

/// Runs services until they end, until `stop` has an element, or until the task is cancelled.
///
/// - Parameter onStop: is called at the element, before the graceful end begins.
func runServices(
    _ services: [any Service], options: ServerOptions, logger: Logger, stop: AsyncStream<Void>,
    onStop: @escaping @Sendable () -> Void = {}
) async throws {
    let group = serviceGroup(services, options: options, logger: logger)
    // Ends with the function at the latest.
    async let _: Void = {
        if await stop.first(where: { _ in true }) != nil {
            onStop()
            await group.triggerGracefulShutdown()
        }
    }()
    try await runGroup(group, options: options)
}

private func serviceGroup(_ services: [any Service], options: ServerOptions, logger: Logger) -> ServiceGroup {
    var configuration = ServiceGroupConfiguration(services: services, logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(options.shutdownSeconds)
    return ServiceGroup(configuration: configuration)
}

/// Runs a group of services until they end, and says in words why they could not begin.
private func runGroup(_ group: ServiceGroup, options: ServerOptions) async throws {
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
