/// A Python package that carries a file of a model, or a piece of one, because an index has a limit for a package's size.
package struct WheelPiece: Sendable, Hashable, Codable {
    /// The package's name in the index.
    package var package: String
    /// Its version.
    package var version: String
    /// The path of the piece in the wheel.
    package var member: String
    /// The number of bytes of the piece.
    package var size: Int

    /// A piece.
    package init(package: String, version: String, member: String, size: Int) {
        self.package = package
        self.version = version
        self.member = member
        self.size = size
    }
}
