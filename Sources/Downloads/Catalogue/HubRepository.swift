/// The name of a model's repository on the Hub, as users type it: `OWNER/NAME`, or `OWNER/NAME@REVISION`.
package struct HubRepository: Sendable, Hashable {
    /// `OWNER/NAME`.
    package var name: String
    /// A branch, a tag, or a commit; nil for the newest state.
    package var revision: String?

    /// Nil where a text is no such name.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let words = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard words.count == 2, words.allSatisfy({ Self.isPlain($0) }) else { return nil }
        if parts.count == 2, !Self.isPlain(parts[1][...]) { return nil }
        name = parts[0]
        revision = parts.count == 2 ? parts[1] : nil
    }

    /// Nothing that could mean another place in an address or on a disk.
    private static func isPlain(_ word: Substring) -> Bool {
        guard !word.isEmpty, word.utf8.count <= 96, !word.hasPrefix("."), !word.hasPrefix("-") else { return false }
        return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
