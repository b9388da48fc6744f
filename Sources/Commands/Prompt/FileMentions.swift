internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Files that a message names: `@notes.md`, or `@"my notes.md"`.
///
/// They are opened as the tools open them: regular files beneath the folder that the agent may see.
struct FileMentions: Sendable {
    static let mostFiles = 8
    static let mostBytes = 64 << 10
    private let files: WorkspaceFiles
    private let workspace: String

    /// - Parameter policy: what the agent's tools may see.
    init(_ policy: SandboxPolicy, workspace: String) throws {
        files = try WorkspaceFiles(policy)
        self.workspace = workspace
    }

    /// What is said beside a message, and a sentence for each name that stays a name.
    func attachments(of text: String) -> (texts: [String], remarks: [String]) {
        var texts: [String] = []
        var remarks: [String] = []
        for name in Self.names(in: text) {
            guard texts.count < Self.mostFiles else {
                remarks.append("@\(name): a message takes \(Self.mostFiles) files; this one is not put in.")
                continue
            }
            switch attachment(name) {
            case .success(let text): texts.append(text)
            case .failure(let problem): remarks.append("@\(name) stays as it is: \(problem.text)")
            }
        }
        return (texts, remarks)
    }

    private struct Problem: Error { let text: String }

    private func attachment(_ name: String) -> Result<String, Problem> {
        var name = name
        while true {
            do {
                let content = try files.read(name, limit: Self.mostBytes)
                guard !content.bytes.prefix(8_000).contains(0) else {
                    return .failure(Problem(text: "it is no text."))
                }
                return .success(Self.text(name, content))
            } catch {
                // What ends a sentence may stand behind a name.
                if let last = name.last, ".,;:!?)]}'\"".contains(last), name.count > 1 {
                    name.removeLast()
                    continue
                }
                return .failure(Problem(text: (error as? SandboxError)?.message ?? sentence(for: error)))
            }
        }
    }

    private static func text(_ name: String, _ content: WorkspaceFiles.Content) -> String {
        let body = String(decoding: content.bytes, as: UTF8.self)
        let lines: [Substring] = body.split(separator: "\n")
        let run = lines.map { $0.prefix { $0 == "`" }.count }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, run + 1))
        let rest =
            content.size > content.bytes.count ? ", the first \(content.bytes.count) of \(content.size) bytes" : ""
        return "The user put in the file \(name)\(rest):\n\(fence)\n\(body)\(body.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    /// The names behind `@`, where it begins a word, each once.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        var isStart = true
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "@", isStart {
                let name: Substring
                if rest.first == "\"" {
                    name = rest.dropFirst().prefix { $0 != "\"" && !$0.isNewline }
                } else {
                    name = rest.prefix { !$0.isWhitespace }
                }
                if !name.isEmpty, !names.contains(String(name)) { names.append(String(name)) }
            }
            isStart = character.isWhitespace || character == "("
        }
        return names
    }

    /// What `@word` may be completed to: names in the folder that it names, folders with a slash.
    func completions(of word: String) -> [String] {
        guard word.hasPrefix("@"), !word.hasPrefix("@/"), !word.split(separator: "/").contains("..") else { return [] }
        let path = word.dropFirst()
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let start = path.dropFirst(folder.count)
        guard let isFolder = try? files.isFolder(folder.isEmpty ? "." : String(folder)), isFolder else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace + "/" + folder)) ?? []
        return names.filter { name in
            name.hasPrefix(start) && (!name.hasPrefix(".") || start.hasPrefix(".")) && name != ".neo"
                && !name.contains(where: \.isWhitespace) && Terminal.harmless(name) == name
        }.sorted().prefix(200).map { name in
            let isFolder = (try? files.isFolder(folder + name)) == true
            return "@\(folder)\(name)\(isFolder ? "/" : "")"
        }
    }
}
