package import Base

/// Names a release: its number in its project, and the hash of its manifest, which names all that is in it.
package struct ReleaseIdentity: Sendable, Hashable, Codable, CustomStringConvertible {
    /// 1, 2, ….
    package let number: Int
    /// The SHA-256 of `manifest.json`.
    package let hash: ContentHash

    /// A name.
    package init(number: Int, hash: ContentHash) {
        self.number = number
        self.hash = hash
    }

    /// `release 3 (a1b2c3d4e5f6)`.
    package var description: String { "release \(number) (\(hash.short))" }
}
