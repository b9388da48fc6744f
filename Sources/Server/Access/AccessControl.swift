package import Base
package import Engineer
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The keys of a service, what each has used, and its audit log: read and written beside the requests, which wait for none
/// of it.
///
/// What requests did is written in batches, each on the disk before the next is begun. What is not yet written when the
/// process is killed is lost: the last fifth of a second. Where the log cannot be written, so many requests are still
/// answered as there is room to remember them; then none.
package final class AccessControl: Service {
    /// So many requests can wait to be written.
    private static let mostWaiting = 10_000
    /// Between two writings; keys are read at every second one.
    private static let pause = Duration.milliseconds(200)

    /// The keys.
    package let ring: KeyRing
    let limits: KeyLimits
    private let project: Project
    private let hasRules: Bool
    private let time: TimeSource
    private let logger: Logger
    private let waiting = Mutex<[AuditEvent]>([])
    private let trail = Mutex<AuditTrail?>(nil)
    private let isComplaining = Mutex(false)

    private init(_ project: Project, hasRules: Bool, ring: KeyRing, time: TimeSource, logger: Logger) {
        self.project = project
        self.ring = ring
        self.time = time
        self.logger = logger
        limits = KeyLimits(time: time)
        self.hasRules = hasRules
    }

    /// The access of a project, whose keys are read now.
    ///
    /// - Parameter hasRules: whether documents have readers; nil for what neo.yaml says.
    package static func open(
        _ project: Project, hasRules: Bool? = nil, time: TimeSource = .system
    ) async throws -> AccessControl {
        let ring = KeyRing(project)
        try await ring.reload(at: time.now())
        return AccessControl(
            project, hasRules: hasRules ?? (project.file.access != nil), ring: ring, time: time,
            logger: ServerAssembly.logger("neo.access", .notices))
    }

    /// Whether requests are logged: where there are keys, or documents have readers.
    var keepsLog: Bool { hasRules || ring.isInUse }

    /// Whether one more request can be remembered.
    var hasRoom: Bool { waiting.withLock { $0.count < Self.mostWaiting } }

    /// Remembers what a request did.
    func note(_ event: AuditEvent) { waiting.withLock { $0.append(event) } }

    /// Reads and writes until the server stops.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                do { try await Task.sleep(for: Self.pause) } catch { break }
                await self.flush()
                round += 1
                if round % 2 == 0 { await self.reload() }
            }
        }
        // The group would take an early end for a failure.
        try? await gracefulShutdown()
    }

    /// Reads the keys again.
    func reload() async {
        do { try await ring.reload(at: time.now()) } catch is CancellationError {} catch {
            complain("the keys cannot be read", error)
        }
    }

    /// Writes what waits.
    package func flush() async {
        let events = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        do {
            if !events.isEmpty { try await opened().record(events) }
            isComplaining.withLock { $0 = false }
        } catch {
            waiting.withLock { $0 = events + $0 }
            if !(error is CancellationError) { complain("the audit log cannot be written", error) }
        }
        let used = limits.pending
        guard !used.isEmpty else { return }
        do {
            try await ring.add(used, at: time.now())
            limits.settle(used)
        } catch is CancellationError {} catch {
            complain("what keys have used cannot be written", error)
        }
    }

    private func opened() throws -> AuditTrail {
        try trail.withLock { trail in
            if let trail { return trail }
            let opened = try AuditTrail(project)
            trail = opened
            return opened
        }
    }

    /// Once until it works again: it would be said five times a second.
    private func complain(_ what: String, _ error: any Error) {
        let isFirst = isComplaining.withLock { isComplaining in
            defer { isComplaining = true }
            return !isComplaining
        }
        guard isFirst else { return }
        let sentence = (error as? any DescribedError)?.description ?? String(reflecting: type(of: error))
        logger.error("\(what): \(sentence)")
    }
}
