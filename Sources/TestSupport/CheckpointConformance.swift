package import Agents

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What every `Checkpoints` has to hold to.
package struct CheckpointConformance: Sendable {
    private let checkpoints: any Checkpoints
    private let workspace: String

    /// - Parameter workspace: the empty folder that it is of.
    package init(_ checkpoints: any Checkpoints, workspace: String) {
        self.checkpoints = checkpoints
        self.workspace = workspace
    }

    /// What it does not hold to, as sentences; empty where nothing.
    package func violations() async throws -> [String] {
        var violations: [String] = []
        let strange = "strange [name] *\n with a line"
        let bytes: [UInt8] = [0, 13, 10, 255, 10, 13]
        try write(bytes, "binary")
        try write(Array("one\r\ntwo\n".utf8), "folder/text.txt")
        try write(Array("old".utf8), strange)
        try write(Array("kept".utf8), "user.txt")
        try write(Array("both".utf8), "both.txt")
        let first = try await checkpoints.keep([])
        try write(Array("changed".utf8), "binary")
        try write(Array("new".utf8), "made/by/agent.txt")
        try write(Array("agent".utf8), "both.txt")
        try FileManager.default.removeItem(atPath: workspace + "/folder")
        try write(Array("new".utf8), strange)
        try await checkpoints.close()
        // From here on, it is somebody else.
        try write(Array("mine".utf8), "user.txt")
        try write(Array("mine, too".utf8), "both.txt")
        let second = try await checkpoints.keep([])
        if second <= first { violations.append("Its ids do not grow: \(first), then \(second).") }
        try write(Array("again".utf8), "made/by/agent.txt")
        try await checkpoints.close()
        let foreseen = try await checkpoints.preview(first)
        if read("made/by/agent.txt") != Array("again".utf8) { violations.append("A preview changes files.") }
        var report = try await checkpoints.restore(first)
        let undo = report.before
        report.before = nil
        if foreseen != report { violations.append("It foresees \(foreseen) and does \(report).") }
        let expected: [(String, [UInt8]?)] = [
            ("binary", bytes), ("folder/text.txt", Array("one\r\ntwo\n".utf8)), (strange, Array("old".utf8)),
            ("made/by/agent.txt", nil), ("user.txt", Array("mine".utf8)), ("both.txt", Array("mine, too".utf8)),
        ]
        for (name, wanted) in expected where read(name) != wanted {
            violations.append("\(name) is \(read(name).map { String(decoding: $0, as: UTF8.self) } ?? "gone").")
        }
        if Set(report.restored) != ["binary", "folder/text.txt", strange] || report.removed != ["made/by/agent.txt"] {
            violations.append("It says that it restored \(report.restored) and removed \(report.removed).")
        }
        if report.kept != ["both.txt"] { violations.append("It says that it left \(report.kept) alone.") }
        let again = try await checkpoints.restore(first)
        if !again.restored.isEmpty || !again.removed.isEmpty {
            violations.append("Restoring twice does more: \(again).")
        }
        try write(Array("mine".utf8), "folder/text.txt")
        let undone = try await checkpoints.restore(undo ?? "")
        let came: [(String, [UInt8]?)] = [
            ("binary", Array("changed".utf8)), ("made/by/agent.txt", Array("again".utf8)),
            (strange, Array("new".utf8)), ("folder/text.txt", Array("mine".utf8)),
        ]
        for (name, wanted) in came where read(name) != wanted {
            violations.append(
                "After undoing, \(name) is \(read(name).map { String(decoding: $0, as: UTF8.self) } ?? "gone").")
        }
        if undone.kept != ["folder/text.txt"] { violations.append("Undoing left \(undone.kept) alone.") }
        do {
            _ = try await checkpoints.restore("999999")
            violations.append("A checkpoint that is not there is restored.")
        } catch is AgentsError {}
        return violations
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let path = workspace + "/" + name
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    }

    private func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: workspace + "/" + name).map(Array.init)
    }
}
