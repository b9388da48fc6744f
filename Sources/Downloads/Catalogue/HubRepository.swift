/// The name of a model's repository on the Hub, as users type it: `OWNER/NAME`, or `OWNER/NAME@REVISION`; one
/// file of it is `OWNER/NAME:FILE.gguf`.
package struct HubRepository: Sendable, Hashable {
    /// `OWNER/NAME`.
    package var name: String
    /// One file, which is a model by itself; nil for the repository's only model.
    package var file: String?
    /// A branch, a tag, or a commit; nil for the newest state.
    package var revision: String?

    /// Nil where a text is no such name.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let names = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let words = names[0].split(separator: "/", omittingEmptySubsequences: false)
        guard words.count == 2, words.allSatisfy({ Self.isPlain($0) }) else { return nil }
        if parts.count == 2, !Self.isPlain(parts[1][...]) { return nil }
        if names.count == 2 {
            guard Self.isPlain(names[1]), names[1].lowercased().hasSuffix(".gguf") else { return nil }
            file = String(names[1])
        }
        name = String(names[0])
        revision = parts.count == 2 ? parts[1] : nil
    }

    /// The model's name on this machine, the same for every revision.
    package var modelName: String { file.map { "\(name):\($0)" } ?? name }

    /// Nothing that could mean another place in an address or on a disk.
    private static func isPlain(_ word: Substring) -> Bool {
        guard !word.isEmpty, word.utf8.count <= 96, !word.hasPrefix("."), !word.hasPrefix("-") else { return false }
        return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
