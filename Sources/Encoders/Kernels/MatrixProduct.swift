internal import CoreDNN

/// A row-major matrix somewhere in memory.
struct MatrixView {
    /// The first element.
    var start: UnsafePointer<Float>
    /// How many floats lie between the starts of two rows.
    var stride: Int

    /// A matrix whose rows stand `stride` apart.
    init(_ start: UnsafePointer<Float>, stride: Int) {
        self.start = start
        self.stride = stride
    }
}

/// result = scale · left · right, or left · rightᵀ where `transposed`; `rows` x `inner` by `inner` x `columns`.
/// Where `accumulates`, what is in the result already is added.
func multiply(
    _ left: MatrixView, _ right: MatrixView, transposed: Bool, rows: Int, inner: Int, columns: Int,
    scale: Float = 1, accumulates: Bool = false, into result: UnsafeMutablePointer<Float>, stride: Int
) throws(EncodersError) {
    let status = core_dnn_sgemm(
        0, transposed ? 1 : 0, rows, columns, inner, scale, left.start, left.stride, right.start, right.stride,
        accumulates ? 1 : 0, result, stride
    )
    guard status == 0 else { throw refusedProduct(rows, inner, columns, status: Int(status)) }
}

/// The error for a product that the library refuses although it took its like before.
func refusedProduct(_ rows: Int, _ inner: Int, _ columns: Int, status: Int) -> EncodersError {
    EncodersError(
        .computation,
        "\(String(cString: core_dnn_version())) refused a product of \(rows) x \(inner) by \(inner) x \(columns) "
            + "(status \(status)); this is a defect of Neo or of that library."
    )
}
