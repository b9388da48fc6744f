/// A key or token that must never be printed.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps the value; nil where it is empty.
    public init?(_ value: String) {
        guard !value.isEmpty else { return nil }
        self.value = value
    }

    /// Hands the value to the one place that needs it.
    public func reveal<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(value)
    }

    /// Compares in a time that depends only on the length of the candidate.
    public func matches(_ candidate: String) -> Bool {
        let expected = Array(value.utf8)
        let given = Array(candidate.utf8)
        var difference = UInt(bitPattern: expected.count ^ given.count)
        for (position, byte) in given.enumerated() {
            difference |= UInt(byte ^ expected[position % expected.count])
        }
        return difference == 0
    }

    /// Never the value.
    public var description: String { "•••" }
    /// Never the value.
    public var debugDescription: String { "•••" }
    /// Never the value.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
