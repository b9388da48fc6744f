internal import Engineer
internal import Hummingbird
internal import ServiceLifecycle

/// Looks again and again whether something changed in the projects that somebody has a page of. Other processes write
/// there, so nobody tells.
struct ProjectWatch: Service {
    let projects: DashboardProjects
    let hub: LiveHub
    /// Yields the port once the server listens.
    let port: AsyncStream<Int>
    let onReady: @Sendable (Int) async -> Void

    /// How long between two looks.
    private static let pause = Duration.milliseconds(400)
    /// Every so many looks all pages are told: one whose browser left is found out by writing to it.
    private static let round = 20

    func run() async throws {
        await cancelWhenGracefulShutdown {
            guard let port = await port.first(where: { _ in true }) else { return }
            await onReady(port)
            var stamps: [String: String] = [:]
            var looks = 0
            while !Task.isCancelled {
                do { try await Task.sleep(for: Self.pause) } catch { break }
                looks += 1
                if looks % Self.round == 0 { hub.tell() }
                guard hub.count > 0 else { continue }
                for reader in await projects.readers() where hub.isWatched(reader.found.id) {
                    let stamp = await reader.stamp()
                    if stamps.updateValue(stamp, forKey: reader.found.id) != stamp { hub.tell(reader.found.id) }
                }
            }
        }
        hub.close()
        try? await gracefulShutdown()
    }
}
