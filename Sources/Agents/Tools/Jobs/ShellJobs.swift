internal import Base
internal import Sandbox
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The supervisor of a session's background commands. They live as long as Neo does: the walls end with who put them up.
///
/// Each leaves a note beside its output, so that a session that is taken up again can say which were ended with Neo.
package actor ShellJobs {
    private static let mostRunning = 16
    private let folder: String
    private var jobs: [ShellJob] = []
    private var tasks: [String: Task<Void, Never>] = [:]
    private var lastNumber: Int

    /// - Parameter folder: the session's folder for outputs.
    package init(folder: String) {
        self.folder = folder
        var gone: [(number: Int, job: ShellJob)] = []
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard name.hasPrefix("job-"), name.hasSuffix(".json"),
                let number = Int(name.dropFirst(4).dropLast(5)),
                let bytes = FileManager.default.contents(atPath: folder + "/" + name),
                let note = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
            else { continue }
            let id = "job-\(number)"
            let job = ShellJob(id: id, command: note["command"]?.string ?? "", whole: "\(folder)/\(id).txt")
            job.end(note["end"]?.string ?? "is gone: Neo was ended while it ran")
            gone.append((number, job))
        }
        gone.sort { $0.number < $1.number }
        jobs = gone.map(\.job)
        lastNumber = gone.last?.number ?? 0
    }

    /// Starts a command line.
    func start(_ command: String, _ sandbox: Sandbox, _ policy: SandboxPolicy) -> ToolOutcome {
        guard tasks.count < Self.mostRunning else {
            return .failed("\(tasks.count) commands run in the background already: wait for one, or kill one.")
        }
        lastNumber += 1
        let id = "job-\(lastNumber)"
        let job = ShellJob(id: id, command: command, whole: "\(folder)/\(id).txt")
        jobs.append(job)
        note(job, end: nil)
        tasks[id] = Task {
            do {
                let result = try await sandbox.run(
                    ["/bin/bash", "-c", command], under: policy, whole: job.whole
                ) { _, bytes in job.append(bytes) }
                let limits = result.limitsHit.map(\.rawValue).sorted().joined(separator: ", ")
                finish(
                    job, "ended with exit code \(result.status)" + (limits.isEmpty ? "" : ", at its limit of \(limits)")
                )
            } catch is CancellationError {
                finish(job, "was killed")
            } catch {
                finish(job, "could not run: \((error as? SandboxError)?.message ?? sentence(for: error))")
            }
        }
        return ToolOutcome("\(id) was started. See what it prints with the tool jobs. All of it goes to \(job.whole)")
    }

    private func finish(_ job: ShellJob, _ sentence: String) {
        job.end(sentence)
        tasks[job.id] = nil
        note(job, end: sentence)
    }

    private func note(_ job: ShellJob, end: String?) {
        var fields: [String: JSONValue] = ["command": .string(job.command)]
        if let end { fields["end"] = .string(end) }
        // Without the note, a later session does not know of it; that is no reason not to run it.
        try? WholeFile.write(Array(JSONValue.object(fields).canonicalText.utf8), to: "\(folder)/\(job.id).json")
    }

    /// The job of a name, or what there is instead.
    func job(_ id: String?) -> Result<ShellJob, AgentsError> {
        if let job = jobs.last(where: { $0.id == id }) { return .success(job) }
        let names = jobs.map(\.id).joined(separator: ", ")
        return .failure(
            AgentsError(
                .usage,
                "There is no job \"\(id ?? "")\". \(names.isEmpty ? "None was started" : "There are: \(names)")."))
    }

    /// One line a job; nil where there is none. To be said again after a compaction, and when a session is taken up again.
    package func summary() -> String? {
        jobs.isEmpty ? nil : jobs.map(\.line).joined(separator: "\n")
    }

    /// Waits for a job's end, or so many seconds.
    func wait(for job: ShellJob, seconds: Double) async {
        let end = ContinuousClock.now + .seconds(seconds)
        // A task's value cannot be waited for with an end to the waiting.
        while tasks[job.id] != nil, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Ends a job with all its processes.
    func kill(_ job: ShellJob) async {
        guard let task = tasks[job.id] else { return }
        task.cancel()
        await task.value
    }

    /// Ends all of them: the session is over, or its process ends.
    package func endAll() async {
        for task in tasks.values { task.cancel() }
        for task in tasks.values { await task.value }
    }
}
