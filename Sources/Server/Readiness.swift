internal import Base
internal import RAG
internal import ServiceLifecycle
internal import Synchronization

/// Whether the release has answered a first query.
final class Readiness: Sendable {
    private let state = Mutex(false)

    init() {}

    /// Whether it has.
    var isReady: Bool { state.withLock { $0 } }

    /// It has.
    func becomeReady() {
        state.withLock { $0 = true }
    }
}

/// Runs one query as soon as the server listens, so that the first user does not pay for what is loaded lazily.
struct WarmUp: Service {
    let service: any QueryService
    let readiness: Readiness
    /// Whose documents are looked through.
    var groups: Set<AccessGroup>?
    /// Yields the port once the server listens.
    let port: AsyncStream<Int>
    let onReady: @Sendable (Int) async -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            guard let port = await port.first(where: { _ in true }) else { return }
            do {
                _ = try await service.retrieve(Query("warm up", limit: 1, groups: groups))
            } catch let error as CancellationError {
                throw error
            } catch {
                throw ServerError(
                    code: .warmUpFailed,
                    message: "The release failed at its first query, so it is not served; ship it again.", cause: error
                )
            }
            readiness.becomeReady()
            await onReady(port)
        }
        // The group would take an early end for a failure.
        try await gracefulShutdown()
    }
}
