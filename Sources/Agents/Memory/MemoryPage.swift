/// A branch's `commit.md`: Markdown that Neo appends to and that people may edit as they like. What cannot be read as a commit is
/// text of the one before it, and stays.
struct MemoryPage: Sendable, Hashable {
    /// What stands before the first commit.
    var preamble: String
    /// The commits, the oldest first.
    var commits: [MemoryCommit]

    /// The beginning of a page.
    static func beginning(of branch: String, purpose: String) -> String {
        "# Branch \(branch)\n\nPurpose: \(MemoryText.line(purpose))\n"
    }

    /// Reads a page.
    init(_ text: String, branch: String) {
        var preamble: [Substring] = []
        var blocks: [(header: Header, lines: [Substring])] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let header = Header(line) {
                blocks.append((header, []))
            } else if blocks.isEmpty {
                preamble.append(line)
            } else {
                blocks[blocks.count - 1].lines.append(line)
            }
        }
        self.preamble = preamble.joined(separator: "\n")
        commits = blocks.map { Self.commit($0.header, $0.lines, branch: branch) }
    }

    /// Why the branch was made; what the page says of it.
    var purpose: String? {
        preamble.split(separator: "\n").first { $0.hasPrefix("Purpose:") }
            .map { String($0.dropFirst("Purpose:".count).drop { $0 == " " }) }
    }

    /// A commit as it is appended.
    static func block(_ commit: MemoryCommit) -> String {
        var lines = ["", "## \(commit.id) · \(commit.date)", "", "- by: \(MemoryText.line(commit.author))"]
        if let code = commit.code {
            let changes = code.changes == 0 ? "" : ", and \(code.changes) files that differed from it"
            lines.append("- code: \(code.commit)\(changes)")
        }
        if let tests = commit.tests { lines.append("- tests: \(MemoryText.line(tests.result)) (\(tests.date))") }
        if let merges = commit.merges { lines.append("- merges: \(merges)") }
        if !commit.soFar.isEmpty { lines += ["", soFarHeading, "", MemoryText.paragraphs(commit.soFar)] }
        lines += ["", stepHeading, "", MemoryText.paragraphs(commit.step), ""]
        return lines.joined(separator: "\n")
    }

    private static let soFarHeading = "### So far"
    private static let stepHeading = "### This step"

    /// `## 0123456789 · 2026-11-22T21:00:00Z`.
    private struct Header {
        let id: String
        let date: String

        init?(_ line: Substring) {
            guard let match = line.wholeMatch(of: /## ([0-9a-f]{10}) · (\S+)\s*/) else { return nil }
            (id, date) = (String(match.1), String(match.2))
        }
    }

    private static func commit(_ header: Header, _ lines: [Substring], branch: String) -> MemoryCommit {
        var commit = MemoryCommit(
            id: header.id, branch: branch, date: header.date, author: "", soFar: "", step: "")
        var (facts, soFar, step): ([Substring], [Substring], [Substring]) = ([], [], [])
        var place = 0
        for line in lines {
            switch line {
            case soFarHeading[...] where place == 0: place = 1
            case stepHeading[...] where place < 2: place = 2
            default:
                if place == 0 {
                    facts.append(line)
                } else if place == 1 {
                    soFar.append(line)
                } else {
                    step.append(line)
                }
            }
        }
        var rest: [Substring] = []
        for line in facts {
            if let match = line.wholeMatch(of: /- by: (.*)/) {
                commit.author = String(match.1)
            } else if let match = line.wholeMatch(of: /- code: ([0-9a-f]{7,64})(?:, and (\d+) files .*)?/) {
                commit.code = .init(commit: String(match.1), changes: match.2.flatMap { Int($0) } ?? 0)
            } else if let match = line.wholeMatch(of: /- tests: (.*) \((\S+)\)/) {
                commit.tests = .init(result: String(match.1), date: String(match.2))
            } else if let match = line.wholeMatch(of: /- merges: (\S+)/) {
                commit.merges = String(match.1)
            } else {
                rest.append(line)
            }
        }
        commit.soFar = MemoryText.read(soFar)
        // Where somebody took the headings away, what is left is the step.
        commit.step = MemoryText.read(rest + step)
        return commit
    }
}
