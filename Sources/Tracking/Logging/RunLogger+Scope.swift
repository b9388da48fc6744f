internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension RunLogger {
    /// Where and how this process makes its run: machine, command line, seed. The commit comes later, in the background.
    package static func origin(command: [String], seed: UInt64? = nil) -> RunOrigin {
        RunOrigin(host: Machine.host, hardware: Machine.hardware, command: command, seed: seed)
    }

    /// Runs the body while the machine's figures are logged every so often, and ends the run as the body ends: finished,
    /// failed with its sentence, or stopped where the task was cancelled.
    ///
    /// - Parameters:
    ///   - folder: whose commit is noted, and whose disk is watched.
    ///   - interval: seconds between two samples of the machine.
    ///   - begin: returns when the machine may be looked at: whoever is in a hurry at first has it wait.
    ///   - noted: hears when the commit was noted, or that there is none.
    ///   - status: what a result means for the run, e.g. failed where a gate was not met.
    package func during<Value: Sendable>(
        folder: String, interval: Double = 5, after begin: @escaping @Sendable () async -> Void = {},
        noted: @escaping @Sendable () -> Void = {}, status: @Sendable (Value) -> Run.Status = { _ in .finished },
        _ body: sending () async throws -> Value
    ) async throws -> Value {
        let watch = Task {
            await begin()
            await self.noteCommit(of: folder)
            noted()
            await self.watch(folder: folder, interval: interval)
        }
        do {
            let value = try await body()
            watch.cancel()
            await watch.value
            finish(status(value))
            return value
        } catch {
            watch.cancel()
            await watch.value
            let stopped = error is CancellationError || Task.isCancelled
            finish(stopped ? .stopped : .failed, failure: stopped ? nil : sentence(for: error))
            throw error
        }
    }

    private func noteCommit(of folder: String) async {
        if let git = await GitState.read(folder) {
            add(RunFacts(origin: RunOrigin(commit: git.commit, isDirty: git.isDirty)))
        }
    }

    private func watch(folder: String, interval: Double) async {
        var sampler = SystemSampler(folder: folder)
        // Once more at the end, so that short work has figures, too.
        repeat {
            logSystem(sampler.sample())
            try? await Task.sleep(for: .seconds(interval))
        } while !Task.isCancelled
        logSystem(sampler.sample())
    }
}
