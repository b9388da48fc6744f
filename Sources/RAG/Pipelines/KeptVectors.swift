internal import Retrieval
internal import Synchronization

/// The vectors of all passages of an index, by the passages' content: what a release carries along, so that it encodes
/// questions only.
package final class KeptVectors: Sendable {
    private struct State {
        var columns = 0
        var places: [VectorSlab.Name: Int] = [:]
        var names: [VectorSlab.Name] = []
        var values: [Float] = []
        var isRecording: Bool
    }

    /// The size of a passage's name in bytes.
    private static let nameBytes = 16

    private let state: Mutex<State>

    /// Vectors that are kept as they are made.
    package init() {
        state = Mutex(State(isRecording: true))
    }

    /// Vectors that were written; nil where the numbers do not belong together.
    package init?(columns: Int, names: [UInt8], values: [UInt8]) {
        let rows = names.count / Self.nameBytes
        // More columns than bytes would not belong together either, and their product would be no number.
        guard (1...max(values.count, 1)).contains(columns), names.count % Self.nameBytes == 0,
            values.count.isMultiple(of: columns * 4), values.count / (columns * 4) == rows
        else { return nil }
        var state = State(columns: columns, isRecording: false)
        state.names = (0..<rows).map { row in
            let start = row * Self.nameBytes
            return VectorSlab.Name(Self.number(names, start), Self.number(names, start + 8))
        }
        for (row, name) in state.names.enumerated() { state.places[name] = row }
        state.values = VectorSlab.floats(values[...])
        self.state = Mutex(state)
    }

    /// The length of a vector; 0 where there are none.
    package var columns: Int { state.withLock { $0.columns } }
    /// How many there are.
    package var rows: Int { state.withLock { $0.names.count } }

    /// The names of the passages as bytes, 16 each.
    package var nameBytes: [UInt8] {
        state.withLock { state in
            state.names.flatMap { name in [name.x, name.y].flatMap(Self.bytes) }
        }
    }

    /// The vectors as bytes, in the order of the names: numbers of four bytes, the lowest first.
    package var valueBytes: [UInt8] {
        state.withLock { state in state.values.flatMap { Self.bytes(UInt64($0.bitPattern)).prefix(4) } }
    }

    /// The vectors of texts; nil where one of them is not known.
    func matrix(of texts: [String]) -> Matrix? {
        state.withLock { state in
            guard !texts.isEmpty, state.columns > 0 else { return nil }
            var matrix = Matrix(columns: state.columns)
            matrix.values.reserveCapacity(texts.count * state.columns)
            for text in texts {
                guard let row = state.places[VectorSlab.name(text)] else { return nil }
                matrix.values += state.values[row * state.columns..<(row + 1) * state.columns]
            }
            return matrix
        }
    }

    /// The vector of each text; nil of those that are not known.
    func rows(of texts: [String]) -> [[Float]?] {
        let names = texts.map(VectorSlab.name)
        return state.withLock { state in
            names.map { name in
                state.places[name].map { Array(state.values[$0 * state.columns..<($0 + 1) * state.columns]) }
            }
        }
    }

    /// Hears of vectors that were made.
    func add(_ texts: [String], _ matrix: Matrix) {
        state.withLock { state in
            guard state.isRecording, matrix.rows == texts.count, [0, matrix.columns].contains(state.columns) else {
                return
            }
            state.columns = matrix.columns
            for (row, text) in texts.enumerated() {
                let name = VectorSlab.name(text)
                guard state.places[name] == nil else { continue }
                state.places[name] = state.names.count
                state.names.append(name)
                state.values += matrix[row: row]
            }
        }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    }

    private static func number(_ bytes: [UInt8], _ start: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
}
