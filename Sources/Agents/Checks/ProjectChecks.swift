package import Sandbox

/// How a check ended.
package struct CheckResult: Sendable, Hashable {
    package var name: String
    package var isGreen: Bool
    /// What it printed, and how it ended; bounded.
    package var text: String

    package init(name: String, isGreen: Bool, text: String) {
        self.name = name
        self.isGreen = isGreen
        self.text = text
    }
}

/// Runs all checks of a project.
package struct ProjectChecks: Sendable {
    /// - Throws: `CancellationError` alone.
    package var run: @Sendable () async throws -> [CheckResult]

    package init(run: @escaping @Sendable () async throws -> [CheckResult]) { self.run = run }

    /// Inside walls, one after the other: they are commands that the project's files name.
    package static func inWalls(
        _ settings: [CheckSetting], _ sandbox: Sandbox, _ policy: SandboxPolicy
    ) -> ProjectChecks? {
        guard !settings.isEmpty else { return nil }
        return ProjectChecks {
            var results: [CheckResult] = []
            for setting in settings { results.append(try await result(of: setting, sandbox, policy)) }
            return results
        }
    }

    private static func result(
        of setting: CheckSetting, _ sandbox: Sandbox, _ policy: SandboxPolicy
    ) async throws -> CheckResult {
        var policy = policy
        policy.limits.wallSeconds = setting.timeLimitSeconds
        policy.limits.shownBytes = 4_000
        do {
            let result = try await sandbox.run(["/bin/bash", "-c", setting.command], under: policy)
            var lines = [result.output, result.errorOutput].map(ToolText.shown).filter { !$0.isEmpty }
            lines += result.limitsHit.map { "Ended: it came to its limit of \($0.rawValue)." }.sorted()
            lines.append("exit code \(result.status)")
            return CheckResult(
                name: setting.name, isGreen: result.status == 0 && result.limitsHit.isEmpty,
                text: lines.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }.joined(separator: "\n"))
        } catch let error as SandboxError {
            return CheckResult(name: setting.name, isGreen: false, text: error.message)
        }
    }
}
