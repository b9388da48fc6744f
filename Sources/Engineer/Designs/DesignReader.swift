internal import Base

/// Reads from `design.md` what a build goes by: its milestones. All else in it is for people.
struct DesignReader {
    private(set) var milestones: [Milestone] = []
    private let file: String

    /// - Throws: `EngineerError` with the line that cannot be read.
    init(_ text: String, file: String = "design.md") throws(EngineerError) {
        self.file = file
        var isInside = false
        var fence: (mark: UInt8, count: Int)?
        var open: Draft?
        for (position, line) in MarkdownLines.split(text).enumerated() {
            if let begun = fence {
                if MarkdownLines.closes(line, begun) { fence = nil }
                continue
            }
            fence = MarkdownLines.fence(line)
            if let heading = MarkdownLines.heading(line), heading.level <= 3 {
                try close(&open)
                let title = MarkdownField.trimmed(heading.text)
                if heading.level < 3 { isInside = title.lowercased() == "milestones" }
                if isInside, heading.level == 3 { open = Draft(title, line: position + 1) }
            } else if open != nil, let item = MarkdownLines.item(line) {
                try open?.take(item, line: position + 1, file: file)
            }
        }
        try close(&open)
        guard !milestones.isEmpty else {
            throw EngineerError(
                code: .project,
                message: "\(file) has no milestones: a build goes by the headings below \"## Milestones\", such as "
                    + "\"### M1 The questions\". `neo design` writes a design that has them.")
        }
    }

    private mutating func close(_ open: inout Draft?) throws(EngineerError) {
        guard let draft = open else { return }
        open = nil
        let milestone = try draft.milestone(file: file)
        guard !milestones.contains(where: { $0.id == milestone.id }) else {
            throw EngineerError(
                code: .project,
                message: "\(file):\(milestone.line): two milestones are called \(shown(milestone.id)); rename one.")
        }
        milestones.append(milestone)
    }

    /// What was read of a milestone so far.
    private struct Draft {
        let title: String
        let line: Int
        var work: Milestone.Work?
        var trials: Int?
        var minutes: Double?
        var gates: [(text: String, line: Int)] = []

        init(_ title: String, line: Int) {
            (self.title, self.line) = (title, line)
        }

        mutating func take(_ item: String, line: Int, file: String) throws(EngineerError) {
            guard let colon = item.firstIndex(of: ":") else { return }
            let value = MarkdownField.decoded(item[item.index(after: colon)...])
            func failure(_ rest: String) -> EngineerError {
                EngineerError(code: .project, message: "\(file):\(line): \(rest)")
            }
            switch MarkdownField.trimmed(item[..<colon]).lowercased() {
            case "does":
                guard let known = Milestone.Work(rawValue: value.lowercased()) else {
                    let all = Milestone.Work.allCases.map(\.rawValue)
                    let hint = nearest(to: value, in: all).map { " Did you mean \($0)?" } ?? ""
                    throw failure(
                        "a milestone does one of \(all.joined(separator: ", ")), not \"\(shown(value))\".\(hint)")
                }
                work = known
            case "trials":
                guard let number = Int(value), (1...100_000).contains(number) else {
                    throw failure("\"trials\" is a whole number from 1, not \"\(shown(value))\".")
                }
                trials = number
            case "minutes":
                guard let number = Double(value), number.isFinite, number > 0 else {
                    throw failure("\"minutes\" is a number above 0, not \"\(shown(value))\".")
                }
                minutes = number
            case "gate": gates.append((value, line))
            // What people write beside the fields is theirs.
            default: break
            }
        }

        func milestone(file: String) throws(EngineerError) -> Milestone {
            func failure(_ line: Int, _ rest: String) -> EngineerError {
                EngineerError(code: .project, message: "\(file):\(line): \(rest)")
            }
            let words = title.split(separator: " ", maxSplits: 1).map(String.init)
            guard let id = words.first, Milestone.isName(id) else {
                throw failure(line, "a milestone needs a name, such as \"### M1 The questions\".")
            }
            guard let work else {
                throw failure(
                    line, "the milestone \(id) does not say what is done; write \"- does: search\" below it.")
            }
            var milestone = Milestone(id: id, title: words.count > 1 ? words[1] : id, work: work)
            (milestone.trials, milestone.minutes, milestone.line) = (trials, minutes, line)
            for (text, line) in gates {
                if Milestone.isName(text) {
                    milestone.gates.append(.requirement(text))
                    continue
                }
                let sign = text.unicodeScalars.firstIndex { "<>=≤≥".unicodeScalars.contains($0) }
                guard let sign, let criterion = Criterion(written: String(text[sign...])) else {
                    throw failure(
                        line,
                        "a gate is a requirement, such as R3, or a comparison, such as \"trials ≥ 10\"; \"\(shown(text))\" is neither."
                    )
                }
                let name = MarkdownField.trimmed(text[..<sign]).lowercased()
                guard work.figures.contains(name) else {
                    throw failure(
                        line,
                        "\"\(work.rawValue)\" measures \(work.figures.joined(separator: ", ")), and no \"\(shown(name))\"."
                    )
                }
                milestone.gates.append(.figure(name, criterion))
            }
            return milestone
        }
    }
}

private func shown(_ text: String) -> String { RequirementNames.line(text, to: 60) }

extension Milestone {
    /// Whether a text can be the name of a milestone or a requirement.
    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
