internal import CVectors

/// How the numbers of an index are kept.
public enum VectorStorage: String, Sendable, Hashable, CaseIterable {
    /// Four bytes a number: the vectors as they were given.
    case float32
    /// Two bytes a number (IEEE 754 binary16): scores are off by up to about 0.0005 for vectors of length 1.
    case float16
    /// One byte a number and a scale a row, the greatest magnitude being 127: off by up to about 0.01.
    case int8
}

/// The rows of an index in one of the formats of `VectorStorage`.
///
/// Every row has one score for a query, whatever is scored beside it.
struct VectorRows: Sendable {
    /// The number of rows.
    let count: Int
    /// The length of a row.
    let length: Int
    /// How the numbers are kept.
    let storage: VectorStorage
    private let floats: [Float]
    private let halves: [UInt16]
    private let bytes: [Int8]
    /// The scales of rows of bytes.
    private let scales: [Float]
    /// How many bytes they hold.
    var byteCount: Int {
        (floats.count + scales.count) * MemoryLayout<Float>.stride + halves.count * MemoryLayout<UInt16>.stride
            + bytes.count
    }

    init(_ matrix: Matrix, storage: VectorStorage) {
        count = matrix.rows
        length = matrix.columns
        self.storage = storage
        let (count, length) = (count, length)
        floats = storage == .float32 ? matrix.values : []
        halves =
            storage == .float16
            ? Array(unsafeUninitializedCapacity: matrix.values.count) { buffer, written in
                if let start = buffer.baseAddress { cvectors_round_f16(matrix.values, matrix.values.count, start) }
                written = matrix.values.count
            } : []
        var scales: [Float] = []
        bytes =
            storage == .int8
            ? Array(unsafeUninitializedCapacity: matrix.values.count) { buffer, written in
                scales.reserveCapacity(count)
                matrix.values.withUnsafeBufferPointer { values in
                    guard let start = buffer.baseAddress, let values = values.baseAddress else { return }
                    var (norm, error) = (Float(0), Float(0))
                    for place in stride(from: 0, to: count * length, by: length) {
                        scales.append(cvectors_round_i8(values + place, length, start + place, &norm, &error))
                    }
                }
                written = matrix.values.count
            } : []
        self.scales = scales
    }

    /// The inner products of some rows with a query, into `products`.
    func products(
        of rows: Range<Int>, with query: UnsafePointer<Float>, into products: UnsafeMutablePointer<Float>
    ) {
        guard !rows.isEmpty else { return }
        let place = rows.lowerBound * length
        switch storage {
        case .float32:
            floats.withUnsafeBufferPointer { values in
                guard let start = values.baseAddress else { return }
                cvectors_products_f32(start + place, rows.count, length, query, products)
            }
        case .float16:
            halves.withUnsafeBufferPointer { values in
                guard let start = values.baseAddress else { return }
                cvectors_products_f16(start + place, rows.count, length, query, products)
            }
        case .int8:
            bytes.withUnsafeBufferPointer { values in
                scales.withUnsafeBufferPointer { scales in
                    guard let start = values.baseAddress, let scale = scales.baseAddress else { return }
                    cvectors_products_i8(
                        start + place, scale + rows.lowerBound, rows.count, length, query, products)
                }
            }
        }
    }

    /// Some rows as 32-bit floats, one behind the other.
    func widened(_ rows: Range<Int>) -> [Float] {
        guard storage != .float32 else { return Array(floats[rows.lowerBound * length..<rows.upperBound * length]) }
        return Array(unsafeUninitializedCapacity: rows.count * length) { buffer, written in
            if let start = buffer.baseAddress { widen(rows, into: start) }
            written = rows.count * length
        }
    }

    /// Hands some rows over as 32-bit floats; `room` has place for them.
    func withFloats<Result, Failure: Error>(
        _ rows: Range<Int>, room: UnsafeMutablePointer<Float>,
        _ body: (UnsafePointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard storage == .float32 else {
            widen(rows, into: room)
            return try body(room)
        }
        return try floats.withUnsafeBufferPointer { values throws(Failure) in
            try body(values.baseAddress.map { $0 + rows.lowerBound * length } ?? UnsafePointer(room))
        }
    }

    private func widen(_ rows: Range<Int>, into room: UnsafeMutablePointer<Float>) {
        let place = rows.lowerBound * length
        switch storage {
        case .float32:
            floats.withUnsafeBufferPointer { values in
                for offset in 0..<rows.count * length { room[offset] = values[place + offset] }
            }
        case .float16:
            halves.withUnsafeBufferPointer { values in
                guard let start = values.baseAddress else { return }
                cvectors_widen_f16(start + place, rows.count * length, room)
            }
        case .int8:
            bytes.withUnsafeBufferPointer { values in
                guard let start = values.baseAddress else { return }
                for row in rows {
                    cvectors_widen_i8(
                        start + row * length, scales[row], length, room + (row - rows.lowerBound) * length)
                }
            }
        }
    }
}
