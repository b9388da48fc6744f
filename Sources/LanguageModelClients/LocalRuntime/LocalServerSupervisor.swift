internal import Base
internal import Processes
internal import Sandbox
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps one local server alive for all processes that use it: starts it, starts it again when it crashes, and ends it
/// when nobody has used it for a while. It runs in a process of its own, so that no user of the server has to wait for
/// another one.
package struct LocalServerSupervisor: Sendable {
    let folder: LocalServerFolder
    let environment: [String: String]

    /// Why one start came to its end.
    private enum Event: Sendable {
        case ended(status: Int)
        /// Nobody used it; nobody can begin to while the lease is held.
        case idle(FileLease)
        case tookTooLong
        /// The folder was removed, so nobody can find the server any more; another one may have come in its place.
        case orphaned
    }

    /// A server that crashes more often than this within five minutes is given up.
    static let crashLimit = 3
    private static let crashWindow = Duration.seconds(300)
    /// What a server uses between two looks when it does nothing.
    private static let restingTicks = 3
    /// A large model comes slowly from a slow disk.
    private static let loadingLimit = Duration.seconds(600)

    /// A supervisor of what the folder's plan says.
    package init(folder: LocalServerFolder, environment: [String: String]) {
        self.folder = folder
        self.environment = environment
    }

    /// Serves until nobody uses the server any more or the task is cancelled. Returns at once where another supervisor
    /// does that already.
    ///
    /// - Throws: `LocalRuntimeError` where the server does not start, or crashes again and again; the folder's state
    ///   says the same.
    package func run() async throws {
        var taken = try FileLease(folder.lockPath, shared: false)
        // Who only looks whether the lock is held, holds it for a moment.
        for _ in 0..<5 where taken == nil {
            try await Task.sleep(for: .milliseconds(20))
            taken = try FileLease(folder.lockPath, shared: false)
        }
        guard let lock = taken else { return }
        defer { withExtendedLifetime(lock) {} }
        guard let plan = folder.plan, let this = RunningProcess.current else {
            throw LocalRuntimeError("\(folder.planPath) is not there or cannot be read.")
        }
        // A supervisor that was killed where nothing ties a child to its parent may have left its server behind.
        folder.state?.server?.kill()
        folder.removeState()
        try? FileManager.default.removeItem(atPath: folder.logPath + ".1")
        _ = FileManager.default.createFile(
            atPath: folder.logPath, contents: nil, attributes: [.posixPermissions: 0o600])
        // Whoever asked for the start holds the lease or will in a moment.
        _ = try FileLease(folder.leasePath, shared: true)
        let key = Self.randomKey()
        try folder.writeKey(key)
        let state = LocalServerState(
            phase: .loading, port: try LoopbackPort.free(), key: key, supervisor: this, restarts: 0,
            started: Date().timeIntervalSince1970)
        do {
            try await keepAlive(plan, SharedState(state, in: folder), lock)
            if lock.isInPlace(folder.lockPath) { folder.removeState() }
        } catch {
            // Whatever failed because the folder is gone, the end is the same.
            guard lock.isInPlace(folder.lockPath) else { return }
            if Task.isCancelled { folder.removeState() }
            throw error
        }
    }

    private func keepAlive(_ plan: LocalServerPlan, _ state: SharedState, _ lock: FileLease) async throws {
        let clock = ContinuousClock()
        var crashes: [ContinuousClock.Instant] = []
        var failedStarts = 0
        while true {
            switch try await serveOnce(plan, state, lock) {
            case .orphaned: return
            case .idle(let lease):
                // Its state goes before somebody else may use it.
                folder.removeState()
                withExtendedLifetime(lease) {}
                return
            case .tookTooLong:
                throw state.fail("\(plan.engine.name) did not finish loading \(plan.path) within ten minutes.")
            case .ended(let status) where state.value.phase != .ready:
                failedStarts += 1
                guard failedStarts < Self.crashLimit else {
                    throw state.fail(
                        "\(plan.engine.name) could not serve \(plan.model): it ended with status \(status) before it was "
                            + "ready\(Self.hint(status)). Its last words: \(folder.lastLogLines)")
                }
                // Somebody may have taken the port.
                let port = try LoopbackPort.free()
                state.change { $0.port = port }
            case .ended(let status):
                crashes = crashes.filter { clock.now - $0 < Self.crashWindow } + [clock.now]
                guard crashes.count <= Self.crashLimit else {
                    throw state.fail(
                        "\(plan.engine.name) with \(plan.model) ended \(crashes.count) times within five minutes, the last "
                            + "time with status \(status)\(Self.hint(status)). Its last words: \(folder.lastLogLines)")
                }
                failedStarts = 0
                // Who knows the address may go on; unless it was a stranger's all the time, or has become one's.
                let old = state.value.port
                let port = LoopbackPort.isFree(old) ? old : try LoopbackPort.free()
                state.change { state in
                    state.port = port
                    state.phase = .loading
                    state.restarts += 1
                }
            }
        }
    }

    private func serveOnce(_ plan: LocalServerPlan, _ state: SharedState, _ lock: FileLease) async throws -> Event {
        let walls: LocalServerWalls?
        do { walls = try LocalServerWalls(environment) } catch { throw state.fail(String(error.message.dropLast())) }
        state.ended()
        return try await withThrowingTaskGroup(of: Event?.self) { group in
            group.addTask {
                .ended(status: try await serve(plan, walls, state))
            }
            group.addTask { try await watch(plan, state, lock) }
            defer { group.cancelAll() }
            while let event = try await group.next() {
                if let event { return event }
            }
            throw CancellationError()
        }
    }

    private func serve(_ plan: LocalServerPlan, _ walls: LocalServerWalls?, _ state: SharedState) async throws -> Int {
        let port = state.value.port
        if let walls {
            return try await walls.serve(plan, port: port, folder: folder, environment: environment) { process in
                state.started(RunningProcess(process.launcher)) { Int(process.cpuSeconds * 100) }
            }
        }
        let child = plan.engine.child(plan, port: port, folder: folder, environment: environment)
        return try await child.run(appendingTo: folder.logPath) { number in
            let process = RunningProcess(number)
            state.started(process) { process?.processorTicks ?? 0 }
        }
    }

    /// Waits until the server is ready, then until nobody uses it any more.
    private func watch(_ plan: LocalServerPlan, _ state: SharedState, _ lock: FileLease) async throws -> Event? {
        let clock = ContinuousClock()
        let begin = clock.now
        while !(await LocalServerHealth.isReady(port: state.value.port)) || state.value.server?.isRunning != true {
            guard clock.now - begin < Self.loadingLimit else { return .tookTooLong }
            guard lock.isInPlace(folder.lockPath) else { return .orphaned }
            try await Task.sleep(for: .milliseconds(100))
        }
        state.change { $0.phase = .ready }
        var ticks = 0
        while true {
            try await Task.sleep(for: .seconds(min(1, plan.idleSeconds / 4)))
            guard lock.isInPlace(folder.lockPath) else { return .orphaned }
            // Those who know the address and the key need no lease: while a reply is being written, nobody is idle.
            let now = state.processorTicks
            if now - ticks > Self.restingTicks { _ = try FileLease(folder.leasePath, shared: true) }
            ticks = now
            guard FileLease.idleSeconds(folder.leasePath) >= plan.idleSeconds else { continue }
            if let lease = try FileLease(folder.leasePath, shared: false) { return .idle(lease) }
        }
    }

    private static func hint(_ status: Int) -> String {
        switch status {
        case 128 + 9: " (killed; perhaps the machine had no more memory)"
        case 128 + 4: " (this processor lacks an instruction that it was built for)"
        default: ""
        }
    }

    private static func randomKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// The state in memory and in its file, changed together.
private final class SharedState: Sendable {
    private let state: Mutex<LocalServerState>
    private let folder: LocalServerFolder
    private let ticks = Mutex<@Sendable () -> Int>({ 0 })

    init(_ state: LocalServerState, in folder: LocalServerFolder) throws {
        self.state = Mutex(state)
        self.folder = folder
        try folder.write(state)
    }

    var value: LocalServerState { state.withLock { $0 } }

    /// The processor time that the server has used, in hundredths of a second.
    var processorTicks: Int { ticks.withLock { $0 }() }

    /// Notes the server that runs now.
    func started(_ server: RunningProcess?, ticks: @escaping @Sendable () -> Int) {
        self.ticks.withLock { $0 = ticks }
        change { $0.server = server }
    }

    /// Notes that none runs.
    func ended() {
        ticks.withLock { $0 = { 0 } }
        change { $0.server = nil }
    }

    func change(_ body: (inout LocalServerState) -> Void) {
        state.withLock { state in
            body(&state)
            // A full disk must not end a server that works; who reads the old state will ask again.
            try? folder.write(state)
        }
    }

    func fail(_ reason: String) -> LocalRuntimeError {
        change { state in
            state.phase = .failed
            state.reason = "\(reason). The log is \(folder.logPath)."
            state.server = nil
        }
        return LocalRuntimeError(value.reason ?? reason)
    }
}
