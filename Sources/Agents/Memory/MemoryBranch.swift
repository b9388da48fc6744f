internal import Yams

/// A line of work in a memory: why it was begun, and what became of it. `metadata.yaml` of its folder, which people and agents may
/// add keys to.
package struct MemoryBranch: Sendable, Hashable {
    /// What every memory begins with.
    package static let first = "main"
    /// Keys that Neo writes; all others belong to whoever works.
    static let ownKeys: Set<String> = ["purpose", "created", "from", "from_commit", "status", "merged_into"]

    package var name: String
    /// The values of `metadata.yaml`, by key.
    package var values: [String: String]
    /// What is wrong with `metadata.yaml`; nil where it could be read.
    package var fault: String?

    /// Why it was begun.
    package var purpose: String { values["purpose"] ?? "" }
    /// `open`, `merged`, or what people wrote.
    package var status: String { values["status"] ?? "open" }

    /// What people and agents noted of it.
    var notes: [String: String] { values.filter { !Self.ownKeys.contains($0.key) } }

    init(name: String, values: [String: String]) {
        self.name = name
        self.values = values
    }

    /// Reads `metadata.yaml`.
    init(name: String, text: String) {
        self.name = name
        values = [:]
        do {
            guard let node = try Yams.compose(yaml: text) else { return }
            guard let mapping = node.mapping else {
                fault = "branches/\(name)/metadata.yaml is no list of keys and values"
                return
            }
            for (key, value) in mapping {
                guard let key = key.string else { continue }
                // Lists and maps that people write are kept as they write them.
                values[key] = try value.scalar?.string ?? Yams.serialize(node: value, sortKeys: true)
            }
        } catch {
            let words = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            fault = "branches/\(name)/metadata.yaml cannot be read (\(ToolText.harmless(words)))"
        }
    }

    /// The text of `metadata.yaml` with other values; what people wrote beside them stays where it is.
    static func text(_ text: String, setting values: [(key: String, value: String)]) throws -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (key, value) in values {
            let line = try Yams.dump(object: [key: value]).split(separator: "\n").joined(separator: "\n")
            if let place = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) {
                lines[place] = line
            } else {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether a name can be a folder's, and is no path.
    static func isName(_ name: String) -> Bool { name.wholeMatch(of: /[a-z0-9][a-z0-9._\-]{0,63}/) != nil }
}
