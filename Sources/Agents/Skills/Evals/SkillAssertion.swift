internal import Base
internal import Sandbox

/// Something that must hold after a task was done, in a form that code can judge.
package struct SkillAssertion: Sendable, Hashable {
    /// The forms that are understood.
    enum Form: Sendable, Hashable {
        /// `file exists: PATH`
        case fileExists(String)
        /// `file PATH contains: TEXT`
        case fileContains(String, String)
        /// `command exits N: COMMAND`
        case command(String, status: Int)
        /// `answer contains: TEXT`
        case answerContains(String)
        /// `answer lacks: TEXT`
        case answerLacks(String)
    }

    /// As it was written.
    package let text: String
    let form: Form

    /// Reads one; nil where it has none of the forms.
    package init?(_ text: String) {
        guard let colon = text.firstRange(of: ": ") else { return nil }
        let head = text[..<colon.lowerBound]
        let tail = String(text[colon.upperBound...])
        guard tail.contains(where: { !$0.isWhitespace }) else { return nil }
        if head == "file exists" {
            form = .fileExists(tail)
        } else if head.hasPrefix("file "), head.hasSuffix(" contains"), head.count > 14 {
            form = .fileContains(String(head.dropFirst(5).dropLast(9)), tail)
        } else if head.hasPrefix("command exits "), let status = Int(head.dropFirst(14)), (0...255).contains(status) {
            form = .command(tail, status: status)
        } else if head == "answer contains" {
            form = .answerContains(tail)
        } else if head == "answer lacks" {
            form = .answerLacks(tail)
        } else {
            return nil
        }
        self.text = text
    }

    /// Whether it holds, and what shows it.
    func judge(answer: String, workspace: String, _ sandbox: Sandbox) async throws -> (holds: Bool, evidence: String) {
        func contains(_ text: String, _ part: String) -> Bool { text.lowercased().contains(part.lowercased()) }
        switch form {
        case .answerContains(let part):
            let holds = contains(answer, part)
            return (holds, holds ? "the answer has it" : "the answer does not have it")
        case .answerLacks(let part):
            let holds = !contains(answer, part)
            return (holds, holds ? "the answer does not have it" : "the answer has it")
        case .fileExists(let path):
            let content = Self.read(path, workspace)
            return (content != nil, content.map { "\($0.utf8.count) bytes" } ?? "there is no such file")
        case .fileContains(let path, let part):
            guard let content = Self.read(path, workspace) else { return (false, "there is no such file") }
            let holds = contains(content, part)
            return (holds, holds ? "the file has it" : "the file does not have it")
        case .command(let line, let status):
            // What the agent wrote runs inside walls here, too, and changes nothing that is kept.
            var policy = SandboxPolicy(workspace: workspace)
            policy.limits.wallSeconds = 120
            policy.limits.shownBytes = 2_000
            let result = try await sandbox.run(["/bin/bash", "-c", line], under: policy)
            return (result.status == status && result.limitsHit.isEmpty, "it exits \(result.status)")
        }
    }

    /// A file below the workspace, however its path is written and whatever stands there.
    private static func read(_ path: String, _ workspace: String) -> String? {
        guard let files = try? WorkspaceFiles(SandboxPolicy(readable: [workspace])),
            let content = try? files.read(path.hasPrefix("/") ? path : workspace + "/" + path, limit: 1 << 20)
        else { return nil }
        return String(decoding: content.bytes, as: UTF8.self)
    }
}
