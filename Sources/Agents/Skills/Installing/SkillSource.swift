internal import Base
package import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a skill is added from: a folder of this machine, or a repository of git that is cloned inside walls, which let
/// git reach that host alone.
package struct SkillSource: Sendable {
    /// What came from there.
    package struct Brought: Sendable {
        package var content: SkillContent
        package var skill: Skill
        /// Of git.
        package var commit: String?
    }

    /// As the user wrote it.
    package let text: String
    /// The skill's folder within it; nil where it is the source itself, or its only skill.
    private let path: String?
    private let sandbox: @Sendable () throws -> Sandbox

    package init(_ text: String, path: String?, sandbox: @escaping @Sendable () throws -> Sandbox) {
        self.text = text
        self.path = path
        self.sandbox = sandbox
    }

    /// Whether it is an address of git rather than a folder.
    package var isRemote: Bool { text.hasPrefix("https://") || text.hasPrefix("http://") }

    /// Brings the skill.
    ///
    /// - Parameter temporary: an empty folder.
    package func bring(into temporary: String) async throws -> Brought {
        guard isRemote else {
            guard !text.contains("://"), !text.hasPrefix("git@") else {
                throw AgentsError(
                    .usage, "\(shown) is neither a folder nor an address that begins with https:// or http://.")
            }
            let root = URL(filePath: text, directoryHint: .isDirectory).standardizedFileURL.path
            return try brought(
                from: root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root, commit: nil)
        }
        let commit = try await clone(into: temporary)
        return try brought(from: temporary + "/clone", commit: commit)
    }

    private var shown: String { ToolText.harmless(ToolText.oneLine(String(text.prefix(300)))) }

    /// - Returns: the commit.
    private func clone(into temporary: String) async throws -> String {
        guard let git = WallCommand.path(of: "git") else {
            throw AgentsError(.usage, "\(shown) cannot be cloned: git is not installed. Run: sudo apt-get install git")
        }
        let address = try WebAddress(text)
        var policy = SandboxPolicy(
            writable: [temporary],
            environment: [
                "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
                "GIT_ALLOW_PROTOCOL": "https:http",
            ], directory: temporary,
            // The user named the host, so it may be one of a company's own.
            network: .hosts(try HostRules(allow: [], chosen: [address.rule])))
        policy.limits.wallSeconds = 180
        policy.limits.fileBytes = 256 << 20
        let script = """
            set -eu
            "$1" -c core.hooksPath=/dev/null -c core.symlinks=true -c http.followRedirects=false clone --quiet \
                --no-tags --single-branch -- "$2" clone
            "$1" -C clone rev-parse HEAD
            """
        let output = try await WallCommand(sandbox: sandbox(), policy: policy, mostBytes: 64 << 10)
            .run(["/bin/sh", "-c", script, "sh", git, text])
        let commit = String(decoding: output.bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard output.status == 0, commit.count >= 40, commit.allSatisfy(\.isHexDigit) else {
            let why = output.errors.split(separator: "\n").last.map { ToolText.shown(String($0)) } ?? "git said nothing"
            throw AgentsError(.usage, "\(shown) cannot be cloned: \(why)")
        }
        return commit
    }

    private func brought(from root: String, commit: String?) throws -> Brought {
        let folder: String
        if let path {
            let names = path.split(separator: "/").filter { $0 != "." }
            guard !path.hasPrefix("/"), !names.isEmpty, !names.contains("..") else {
                throw AgentsError(.usage, "--path \(ToolText.oneLine(path)) must name a folder below the source.")
            }
            // No part of it may be a link: it would lead elsewhere.
            var here = root
            for name in names {
                here += "/" + name
                guard SkillFile.kind(here) == .folder else {
                    throw AgentsError(.usage, "\(shown) has no folder \(ToolText.oneLine(path)) that is one itself.")
                }
            }
            folder = here
        } else {
            folder = try only(in: root)
        }
        let content = try SkillContent(of: folder)
        let skill: Skill
        do { skill = try SkillFolders.skill(folder, .project) } catch {
            throw AgentsError(.usage, "\(shown) is no skill: \(error.message).")
        }
        let name = skill.name
        guard SkillName.problems(name).isEmpty else {
            throw AgentsError(
                .usage,
                "The skill's name, \"\(ToolText.oneLine(String(name.prefix(80))))\", is none of a folder: "
                    + SkillName.problems(name).joined(separator: " "))
        }
        return Brought(content: content, skill: skill, commit: commit)
    }

    private func only(in root: String) throws -> String {
        guard SkillFile.kind(root) == .folder else {
            throw AgentsError(.usage, "There is no folder \(shown) that is no link.")
        }
        if Skill.fileNames.contains(where: { SkillFile.kind(root + "/" + $0) != nil }) { return root }
        let found = SkillFolders.folders(with: root)
        if found.count == 1, let one = found.first { return one }
        let names = found.prefix(8).map { ToolText.harmless(ToolText.oneLine(String($0.dropFirst(root.count + 1)))) }
        throw AgentsError(
            .usage,
            found.isEmpty
                ? "\(shown) has no SKILL.md."
                : "\(shown) has \(found.count) skills. Name one with --path: \(names.joined(separator: ", "))")
    }
}
