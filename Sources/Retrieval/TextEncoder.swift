/// Turns texts into vectors. Retrieval only declares the port; a kind of system supplies the encoder.
public protocol TextEncoder: Sendable {
    /// Names encoder and weights: vectors of two encoders with equal identity are equal.
    var identity: String { get }
    /// The length of a vector.
    var dimension: Int { get }
    /// Encodes texts; row i of the result belongs to text i. Rows have length 1 (cosine is a dot product).
    @concurrent
    func encode(_ texts: [String]) async throws -> Matrix
    /// Encodes questions, which many models read with another prefix than passages; without its own, the same as
    /// `encode`.
    @concurrent
    func encodeQueries(_ texts: [String]) async throws -> Matrix
    /// Whether somebody serves it, who may want to be paid by the token; without its own, no.
    var isServed: Bool { get }
    /// Encodes questions, and says how many tokens the server counted.
    @concurrent
    func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix>
}

extension TextEncoder {
    /// Questions as any other text.
    @concurrent
    public func encodeQueries(_ texts: [String]) async throws -> Matrix { try await encode(texts) }

    /// It runs on this machine.
    public var isServed: Bool { false }

    /// Questions; nobody counts.
    @concurrent
    public func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix> {
        Counted(try await encodeQueries(texts), tokens: nil)
    }
}

/// Rows of floats in one piece of memory, row-major.
public struct Matrix: Sendable, Hashable {
    /// The length of a row.
    public let columns: Int
    /// All rows, one after the other.
    public var values: [Float]

    /// The number of rows.
    public var rows: Int { columns == 0 ? 0 : values.count / columns }

    /// A matrix over values whose number is a multiple of `columns`.
    public init(columns: Int, values: [Float] = []) {
        precondition(columns > 0 && values.count % columns == 0, "values must fill whole rows")
        self.columns = columns
        self.values = values
    }

    /// One row.
    public subscript(row row: Int) -> ArraySlice<Float> {
        values[row * columns..<(row + 1) * columns]
    }
}
