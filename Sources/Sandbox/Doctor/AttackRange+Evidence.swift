internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension AttackRange {
    /// What an attack left behind that it should not have; nil where there is nothing.
    ///
    /// - Parameter reader: how somebody outside reads the workspace; nil for one who takes no care.
    func found(
        _ evidence: Attack.Evidence, victimEnded: Bool, reader: WorkspaceFiles?, world: AttackWorld,
        neighbour: AttackNeighbour?
    ) async throws -> String? {
        switch evidence {
        case .none: return nil
        case .victimEnded: return victimEnded ? "a process of the host was ended" : nil
        case .listenerReached: return wasReached ? "a listener of the host was reached" : nil
        case .outsideChanged:
            return [outside, shown + "/outside.txt"].contains { text($0) != "mine" } ? "a file outside changed" : nil
        case .workspaceChanged: return changedInWorkspace
        case .setUserFile:
            var found = stat()
            let path = workspace + "/runs-as-owner"
            return lstat(path, &found) == 0 && found.st_mode & 0o6000 != 0
                ? "a file in the workspace runs as its owner or group" : nil
        case .nameAsked:
            let secret = mark.lowercased().replacing("-", with: "").prefix(40)
            return world.names.contains { $0.contains(secret) } ? "somebody outside was asked for it" : nil
        case .neighbourReached: return neighbour?.wasReached == true ? "another run was reached" : nil
        case .neighbourEnded:
            return neighbour.map { RunningProcess($0.process) == nil } == true ? "another run was ended" : nil
        case .plantedFile: return readsPlanted(reader)
        case .lateWrite:
            try await Task.sleep(for: .seconds(1.2))
            return FileManager.default.fileExists(atPath: workspace + "/late") ? "it wrote when the run was over" : nil
        }
    }

    private var changedInWorkspace: String? {
        for name in ["neo.yaml", ".git/config"] where text("\(workspace)/\(name)") != "mine" {
            return "\(name) was changed"
        }
        let planted = [
            ".git/hooks/pre-commit", "AGENTS.md", ".mcp.json", ".claude/settings.json", ".agents/skills/a/SKILL.md",
            ".vscode/tasks.json", ".idea/workspace.xml",
        ]
        return planted.first { FileManager.default.fileExists(atPath: "\(workspace)/\($0)") }.map {
            "\($0) was planted"
        }
    }

    private func readsPlanted(_ reader: WorkspaceFiles?) -> String? {
        let path = workspace + "/planted"
        if let reader {
            guard let content = try? reader.read(path, limit: 1 << 16) else { return nil }
            return String(decoding: content.bytes, as: UTF8.self).contains(mark) ? "the reader was led outside" : nil
        }
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        if found.st_mode & S_IFMT == S_IFIFO { return "a reader would wait forever" }
        return text(path).contains(mark) ? "a reader is led outside" : nil
    }

    private func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
