/// Holds one requirement to the rules of ``RequirementFinding/Rule``.
struct RequirementLinter {
    let requirement: Requirement

    /// All that is wrong with it, in the order of the rules.
    var findings: [RequirementFinding] {
        var findings = name() + shall()
        do {
            let sentence = try EARSSentence(parsing: requirement.text)
            findings += response(sentence)
        } catch {
            // That "shall" is missing was said already.
            if error.rule != .shall {
                findings.append(finding(error.rule, RequirementNames.line(error.message, to: 300)))
            }
        }
        return findings + vague() + hidden() + test()
    }

    private func finding(_ rule: RequirementFinding.Rule, _ rest: String) -> RequirementFinding {
        RequirementFinding(rule, [requirement.id], "\(RequirementNames.shown(requirement.id)): \(rest).")
    }

    private func name() -> [RequirementFinding] {
        let isName =
            !requirement.id.isEmpty && requirement.id.utf8.count <= 64
            && requirement.id.utf8.allSatisfy { byte in
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                    || Array("-_.".utf8).contains(byte)
            }
        return isName
            ? []
            : [finding(.id, "a name has 1 to 64 letters, digits, -, _ and .; write a short one, as R7, in its heading")]
    }

    private func shall() -> [RequirementFinding] {
        guard !requirement.text.isEmpty else {
            return [finding(.shall, "it has no sentence; write \(EARSForm.ubiquitous.pattern)")]
        }
        let words = RequirementWords.tokens(RequirementWords.unquoted(requirement.text))
        let count = words.count { $0 == "shall" }
        if count > 1 {
            return [finding(.shall, "it says \"shall\" \(count) times; make a requirement of each")]
        }
        let others = words.filter { ["should", "must", "will", "may", "might", "could", "can"].contains($0) }
        guard let other = others.first else {
            return count == 1 ? [] : [finding(.shall, "it has no \"shall\"; write \(EARSForm.ubiquitous.pattern)")]
        }
        return count == 0 ? [finding(.shall, "it says \"\(other)\" instead of \"shall\"; write \"shall\"")] : []
    }

    private func response(_ sentence: EARSSentence) -> [RequirementFinding] {
        var findings: [RequirementFinding] = []
        let response = RequirementWords.unquoted(sentence.response)
        let words = RequirementWords.tokens(response)
        let joins = words.indices.filter { ["and", "or"].contains(words[$0]) && !Self.isRange(words, at: $0) }
        if let join = joins.first {
            findings.append(
                finding(.response, "what it shall do is joined by \"\(words[join])\"; make a requirement of each part"))
        }
        let verb = words.first { !["not", "never", "only", "also", "always"].contains($0) } ?? ""
        let isObservable = Self.observable.contains(verb) || words.contains { $0.contains(where: \.isNumber) }
        if !isObservable {
            findings.append(
                finding(
                    .observable,
                    "nobody can see whether it does what it shall; say what it returns, shows, refuses or writes, "
                        + "or how much"))
        }
        return findings
    }

    /// Between 2 and 5.
    private static func isRange(_ words: [String], at join: Int) -> Bool {
        words[join] == "and" && words[..<join].suffix(3).contains("between")
            && words[(join + 1)...].first?.contains(where: \.isNumber) == true
    }

    private func vague() -> [RequirementFinding] {
        VagueWords.found(in: RequirementWords.unquoted(requirement.text)).map { found in
            finding(.vague, "\"\(found.words)\" means something else to everybody; say \(found.advice)")
        }
    }

    private func hidden() -> [RequirementFinding] {
        let fields = [
            requirement.text, requirement.metric, requirement.criterion?.unit ?? "", requirement.measurement,
            requirement.source, requirement.prose.lines.joined(),
        ]
        var findings: [RequirementFinding] = []
        if let scalar = fields.lazy.flatMap(\.unicodeScalars).first(where: {
            $0 != "\t" && MarkdownField.isInvisible($0)
        }) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            findings.append(finding(.hidden, "it holds the character U+\(number), which nobody sees; remove it"))
        }
        if requirement.prose.lines.contains(where: { $0.contains("<!--") }) {
            findings.append(
                finding(.hidden, "its text has an HTML comment, which who reads the page does not see; remove it"))
        }
        return findings
    }

    private func test() -> [RequirementFinding] {
        var missing: [String] = []
        if requirement.metric.isEmpty { missing.append("\"- metric: …\"") }
        if requirement.criterion == nil { missing.append("\"- test: ≤ 800 ms\", a comparison, a number and a unit") }
        if requirement.measurement.isEmpty { missing.append("\"- measured by: …\"") }
        var findings: [RequirementFinding] = []
        if !missing.isEmpty {
            findings.append(finding(.test, "it has no whole test; write " + missing.joined(separator: ", and ")))
        }
        if requirement.source.isEmpty {
            findings.append(finding(.source, "nobody said so; write who did below it, as \"- source: Ada, interview\""))
        }
        return findings
    }

    /// Verbs of what can be seen from outside.
    private static let observable: Set<String> = [
        "abstain", "accept", "answer", "ask", "cite", "close", "count", "delete", "deny", "display", "encrypt", "end",
        "erase", "exclude", "export", "forward", "hide", "ignore", "index", "keep", "link", "list", "log", "mark",
        "mask",
        "name", "note", "notify", "offer", "omit", "open", "print", "quote", "read", "record", "redact", "refuse",
        "reject", "release", "remove", "repeat", "replace", "report", "respond", "restart", "retrieve", "return",
        "reveal",
        "say", "send", "serve", "show", "start", "state", "stop", "store", "tell", "translate", "wait",
        "warn", "withhold", "write",
    ]
}

/// How requirements are named in sentences.
enum RequirementNames {
    /// An id that somebody wrote, so short that a sentence stays one.
    static func shown(_ id: String) -> String {
        id.isEmpty ? "A requirement without a name" : line(id)
    }

    /// A text of somebody as a part of a sentence: one line, and short.
    static func line(_ text: String, to limit: Int = 64) -> String {
        let scalars = text.unicodeScalars.prefix(4 * limit).map { MarkdownField.isInvisible($0) ? " " : $0 }
        return ReportText.shortened(String(String.UnicodeScalarView(scalars)), to: limit)
    }
}
