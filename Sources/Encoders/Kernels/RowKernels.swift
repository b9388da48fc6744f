internal import CVectors

/// Loops over rows of floats whose length is a multiple of 16 (`BERTConfiguration` makes sure of that). They are
/// written in C, where one build holds a variant for every generation of x86-64 and the loader picks one.
enum RowKernels {
    /// The number of floats that are worked on together.
    static let width = 16

    /// A length rounded up to whole lanes.
    static func padded(_ length: Int) -> Int { (length + width - 1) / width * width }

    /// e to the power of each element, to a relative error below 3e-7 for -87 ... 88; beyond, the value at the bound.
    static func exponential(_ row: UnsafeMutablePointer<Float>, length: Int) {
        row_kernels_exponential(row, length)
    }

    /// Adds `bias` to each row.
    static func addBias(_ bias: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>, count: Int, length: Int) {
        row_kernels_add_bias(rows, bias, count, length)
    }

    /// Adds `bias` to each row and applies the Gaussian error linear unit x Φ(x), to an absolute error below 1e-6.
    static func addBiasAndActivate(
        _ bias: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>, count: Int, length: Int
    ) {
        row_kernels_add_bias_and_activate(rows, bias, count, length)
    }

    /// rows = norm(rows), row by row, also as bfloat16 into `narrow` where there is such a place.
    ///
    /// norm(x) = (x - mean) / √(variance + ε) · scale + shift, with the variance of the row itself.
    /// Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", 2016.
    static func normalise(
        _ rows: UnsafeMutablePointer<Float>, _ norm: BERTWeights.Norm, count: Int, length: Int,
        narrow: UnsafeMutablePointer<UInt16>?
    ) {
        row_kernels_normalise(rows, norm.scale.start, norm.shift.start, norm.epsilon, count, length, narrow)
    }

    /// Turns each row of scores into weights that sum to 1. Rows stand `stride` apart, a multiple of 16; what is
    /// behind `length` in a row is overwritten.
    static func softmax(_ scores: UnsafeMutablePointer<Float>, count: Int, length: Int, stride: Int) {
        row_kernels_softmax(scores, count, length, stride)
    }

    /// sum = first + second + third, for one row.
    static func add(
        _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ third: UnsafePointer<Float>,
        into sum: UnsafeMutablePointer<Float>, length: Int
    ) {
        row_kernels_add(first, second, third, sum, length)
    }

    /// Adds all rows to `sum`.
    static func accumulate(
        _ rows: UnsafePointer<Float>, into sum: UnsafeMutablePointer<Float>, count: Int, length: Int
    ) {
        row_kernels_accumulate(rows, sum, count, length)
    }

    /// Rounds floats to the nearest bfloat16, ties to even.
    static func narrow(_ floats: UnsafePointer<Float>, into result: UnsafeMutablePointer<UInt16>, count: Int) {
        row_kernels_narrow(floats, result, count)
    }

    /// Scales a row to length 1; a row of zeros stays as it is.
    static func scaleToUnit(_ row: UnsafeMutablePointer<Float>, length: Int) {
        row_kernels_scale_to_unit(row, length)
    }
}
