package import LanguageModels

/// What must not get lost when older messages are replaced by a summary, taken from them by code: a model's summary is
/// compared with it afterwards, and what is missing is put back word for word.
package struct SessionFacts: Sendable, Hashable {
    /// The kinds, in the order in which they are put back.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case instructions = "What the user said"
        case todos = "Open to-dos"
        case decisions = "Decisions"
        case paths = "Paths"
        case tasks = "Tasks"
        case tests = "Tests"
        case numbers = "Numbers"

        /// The most that are kept; the last ones count.
        var most: Int {
            switch self {
            case .instructions, .todos, .decisions: 30
            case .paths, .tests: 60
            case .tasks, .numbers: 40
            }
        }
    }

    /// A fact and where it belongs.
    package struct Fact: Sendable, Hashable {
        package var kind: Kind
        package var text: String
    }

    /// The facts, by kind, each once, in the order in which they were last said.
    package private(set) var facts: [Fact] = []

    /// The facts of messages.
    ///
    /// - Parameter said: what the user said, in order; it is kept whole.
    package init(_ messages: some Collection<Message>, said: [String]) {
        var found: [Kind: [String]] = [.instructions: said.map { String($0.prefix(4_000)) }]
        for message in messages {
            switch message {
            case .system: break
            case .user(let parts): Self.find(in: Self.text(parts), isOwn: true, &found)
            case .assistant(let message):
                Self.find(in: message.text, isOwn: true, &found)
                for call in message.toolCalls { Self.find(in: call.arguments, isOwn: false, &found) }
            // Results are long, and what matters in them the model says; names of failing tests it may not.
            case .tool(let result): Self.find(in: String(Self.text(result.content).prefix(8_000)), isOwn: false, &found)
            }
        }
        for kind in Kind.allCases {
            var seen: Set<String> = []
            let last = (found[kind] ?? []).reversed().filter { seen.insert($0).inserted }.prefix(kind.most)
            facts += last.reversed().map { Fact(kind: kind, text: $0) }
        }
    }

    /// The facts that a text does not hold.
    package func missing(from text: String) -> [Fact] { facts.filter { !text.contains($0.text) } }

    /// Facts as Markdown, a heading for each kind; empty for none. Within the bound, kinds that come first come first.
    package static func text(of facts: [Fact], limit: Int) -> String {
        var lines: [String] = []
        var room = limit
        for kind in Kind.allCases {
            let kept = facts.filter { $0.kind == kind }.reversed().prefix { fact in
                room -= fact.text.utf8.count + 3
                return room > 0
            }
            if !kept.isEmpty { lines += ["### \(kind.rawValue)"] + kept.reversed().map { "- \($0.text)" } }
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ parts: [ContentPart]) -> String {
        parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }

    /// - Parameter isOwn: whether somebody says it, rather than a program printing it: decisions, to-dos and numbers count then.
    private static func find(in text: String, isOwn: Bool, _ found: inout [Kind: [String]]) {
        if isOwn {
            for line in text.split(whereSeparator: \.isNewline) {
                var line = line.drop { $0 == " " || $0 == "\t" }
                // An earlier summary lists them.
                if line.hasPrefix("- "), !line.hasPrefix("- [") { line = line.dropFirst(2) }
                let word = line.lowercased()
                if word.hasPrefix("- [ ]") || word.hasPrefix("* [ ]") || word.hasPrefix("todo") {
                    found[.todos, default: []].append(String(line.prefix(300)))
                }
                if ["decision", "decided", "we decide", "i decide", "i chose", "we chose"].contains(
                    where: word.hasPrefix)
                {
                    found[.decisions, default: []].append(String(line.prefix(300)))
                }
            }
        }
        for word in words(in: text) {
            switch kind(of: word) {
            case .numbers? where !isOwn: break
            case let kind?: found[kind, default: []].append(String(word))
            case nil: break
            }
        }
    }

    private static func words(in text: String) -> [Substring] {
        text.split { $0.isWhitespace || "\"'`,;()[]{}<>|=&\\".contains($0) }.compactMap { word in
            let bare = word.drop {
                ".:!?*-".contains($0) && word.count > 1 && !word.hasPrefix("./") && !word.hasPrefix("..")
            }
            let end = bare.lastIndex { !".:!?*".contains($0) }
            return end.map { bare[...$0] }
        }.filter { (2...200).contains($0.utf8.count) }
    }

    /// What a word is; nil for ordinary words.
    private static func kind(of word: Substring) -> Kind? {
        if word.contains("://") { return nil }
        if word.hasPrefix("test_") || word.contains("::test") || word.contains("Tests/") || word.contains("Tests.")
            || (word.hasSuffix("Tests") && word.count > 5)
        {
            return .tests
        }
        if word.hasPrefix("#"), word.dropFirst().allSatisfy(\.isNumber) { return .tasks }
        if let dash = word.firstIndex(of: "-"), dash > word.startIndex,
            word[..<dash].allSatisfy({ $0.isUppercase && $0.isASCII }),
            word[..<dash].count >= 2, !word[dash...].dropFirst().isEmpty,
            word[dash...].dropFirst().allSatisfy({ $0.isNumber && $0.isASCII })
        {
            return .tasks
        }
        if word.contains("/"), word.contains(where: \.isLetter), !word.hasSuffix("//") { return .paths }
        if let dot = word.lastIndex(of: "."), dot > word.startIndex {
            let ending = word[dot...].dropFirst()
            if (1...5).contains(ending.count), ending.first?.isLetter == true,
                ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
                word[..<dot].contains(where: \.isLetter)
            {
                return .paths
            }
        }
        if word.first?.isNumber == true, word.count >= 2,
            word.allSatisfy({ $0.isNumber || ".%eE+-_".contains($0) })
        {
            return .numbers
        }
        return nil
    }
}
