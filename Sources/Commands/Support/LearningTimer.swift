internal import Base
internal import Engineer
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Turns the schedule of `neo learn` on and off with the user's own service manager.
struct LearningTimer {
    /// What was done.
    struct Outcome {
        /// How often it runs now; nil for never.
        var interval: LearningSchedule.Interval?
        /// Files that were written or removed.
        var files: [String] = []
        /// The line to put into a crontab by hand, where nothing was installed.
        var crontab: String?
        /// Why nothing was installed.
        var reason: String?
    }

    let schedule: LearningSchedule
    private var manager: String { schedule.manager == .systemd ? "systemctl" : "launchctl" }

    init(_ schedule: LearningSchedule = LearningSchedule(ProcessInfo.processInfo.environment)) {
        self.schedule = schedule
    }

    /// Writes the files and has the manager start them; without a manager, nothing.
    ///
    /// - Throws: where the manager refuses; the files are removed again then.
    func turnOn(_ interval: LearningSchedule.Interval, _ job: LearningJob) async throws -> Outcome {
        if let reason = await unreachable() {
            return Outcome(interval: schedule.current, crontab: job.crontabLine(interval), reason: reason)
        }
        var outcome = Outcome(interval: interval)
        outcome.files = try schedule.write(interval, job)
        do {
            switch schedule.manager {
            case .systemd:
                try await ask("--user", "daemon-reload")
                try await ask("--user", "enable", schedule.unit)
                // One that runs already goes on by its old file otherwise.
                try await ask("--user", "restart", schedule.unit)
            case .launchd:
                _ = try? await ask("unload", schedule.unit)
                try await ask("load", "-w", schedule.unit)
            }
        } catch {
            _ = try schedule.remove()
            throw error
        }
        return outcome
    }

    /// Has the manager forget it, and removes the files.
    func turnOff() async throws -> Outcome {
        let isThere = schedule.paths.contains { FileManager.default.fileExists(atPath: $0) }
        // Files that nobody starts any more are removed as well.
        let reason = isThere ? await unreachable() : nil
        if isThere, reason == nil, schedule.current != nil {
            switch schedule.manager {
            case .systemd: try await ask("--user", "disable", "--now", schedule.unit)
            case .launchd: try await ask("unload", "-w", schedule.unit)
            }
        }
        let removed = try schedule.remove()
        if isThere, reason == nil, schedule.manager == .systemd { try await ask("--user", "daemon-reload") }
        return Outcome(files: removed, reason: reason)
    }

    /// Why nobody would start what is written; nil where somebody would.
    private func unreachable() async -> String? {
        guard executablePath(of: manager) != nil else { return "there is no \(manager) on this machine" }
        do {
            // It says whether the user's own manager runs, which in containers it mostly does not.
            try await ask(schedule.manager == .systemd ? ["--user", "list-timers", "--no-pager"] : ["list"])
            return nil
        } catch {
            return sentence(for: error)
        }
    }

    private func ask(_ arguments: String...) async throws { try await ask(arguments) }

    private func ask(_ arguments: [String]) async throws {
        let result = try await ChildProcess(executable: manager, arguments: arguments, timeLimitSeconds: 30).run()
        guard result.status == 0 else {
            let said = result.errorOutput.split(whereSeparator: \.isNewline).first.map(String.init) ?? "nothing"
            throw EngineerError(
                code: .knowledge,
                message: "\(manager) \(arguments.joined(separator: " ")) ended with \(result.status), and said: \(said)"
            )
        }
    }
}
