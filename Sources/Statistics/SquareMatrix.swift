/// A small square matrix, for models with a handful of parameters.
struct SquareMatrix: Sendable, Hashable {
    let size: Int
    private var values: [Double]

    init(size: Int) {
        self.size = size
        values = Array(repeating: 0, count: size * size)
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    static func * (left: SquareMatrix, right: SquareMatrix) -> SquareMatrix {
        var product = SquareMatrix(size: left.size)
        for i in 0..<left.size {
            for j in 0..<left.size {
                product[i, j] = (0..<left.size).reduce(0) { $0 + left[i, $1] * right[$1, j] }
            }
        }
        return product
    }

    /// x with A x = b, for a symmetric A with positive eigenvalues; nil for another.
    func solve(_ vector: [Double]) -> [Double]? {
        guard let lower = factor else { return nil }
        var x = vector
        for i in 0..<size {
            for j in 0..<i { x[i] -= lower[i, j] * x[j] }
            x[i] /= lower[i, i]
        }
        for i in (0..<size).reversed() {
            for j in (i + 1)..<max(size, i + 1) { x[i] -= lower[j, i] * x[j] }
            x[i] /= lower[i, i]
        }
        return x
    }

    /// A⁻¹, as for `solve`.
    var inverse: SquareMatrix? {
        var inverse = SquareMatrix(size: size)
        for column in 0..<size {
            var unit = Array(repeating: 0.0, count: size)
            unit[column] = 1
            guard let solution = solve(unit) else { return nil }
            for row in 0..<size { inverse[row, column] = solution[row] }
        }
        return inverse
    }

    /// L with A = L Lᵀ (Cholesky).
    private var factor: SquareMatrix? {
        var lower = SquareMatrix(size: size)
        for i in 0..<size {
            for j in 0...i {
                let sum = (0..<j).reduce(self[i, j]) { $0 - lower[i, $1] * lower[j, $1] }
                if i == j {
                    guard sum > 0, sum.isFinite else { return nil }
                    lower[i, i] = sum.squareRoot()
                } else {
                    lower[i, j] = sum / lower[j, j]
                }
            }
        }
        return lower
    }
}
