// One file, because without whole-module optimisation (a debug build) the compiler inlines nothing across files,
// and a call for each sixteen floats costs more than the work on them.

/// Sixteen floats that are worked on together.
typealias Lanes = SIMD16<Float>

extension UnsafePointer<Float> {
    /// Sixteen elements from `position` on.
    @inline(__always)
    func lanes(at position: Int) -> Lanes {
        UnsafeRawPointer(self + position).loadUnaligned(as: Lanes.self)
    }
}

extension UnsafeMutablePointer<Float> {
    /// Sixteen elements from `position` on.
    @inline(__always)
    func lanes(at position: Int) -> Lanes {
        UnsafeRawPointer(self + position).loadUnaligned(as: Lanes.self)
    }

    /// Overwrites sixteen elements from `position` on.
    @inline(__always)
    func store(_ lanes: Lanes, at position: Int) {
        UnsafeMutableRawPointer(self + position).storeBytes(of: lanes, as: Lanes.self)
    }
}

/// The smaller of each two lanes. The library's `pointwiseMin` goes lane by lane, which costs more than all of an
/// exponential; the sign of the difference does the same for whole vectors.
@inline(__always)
private func smaller(_ left: Lanes, _ right: Lanes) -> Lanes {
    choose(left, right, where: left - right)
}

/// The greater of each two lanes.
@inline(__always)
private func greater(_ left: Lanes, _ right: Lanes) -> Lanes {
    choose(left, right, where: right - left)
}

/// `left` where the lane of `sign` is negative, else `right`.
@inline(__always)
private func choose(_ left: Lanes, _ right: Lanes, where sign: Lanes) -> Lanes {
    let mask = unsafeBitCast(sign, to: SIMD16<Int32>.self) &>> 31
    let bits =
        (unsafeBitCast(left, to: SIMD16<Int32>.self) & mask)
        | (unsafeBitCast(right, to: SIMD16<Int32>.self) & ~mask)
    return unsafeBitCast(bits, to: Lanes.self)
}

/// e to the power of each lane, to a relative error below 2e-7 for -87 ... 88; beyond, the value at the bound.
///
/// x = n ln 2 + r with whole n; e^r is its Taylor polynomial of degree 7 on |r| ≤ ln 2 / 2, and 2^n goes into the
/// exponent's bits. Products and sums are written apart because a fused one is a library call on machines that
/// the compiler may not assume to have it.
@inline(__always)
func exponential(_ input: Lanes) -> Lanes {
    let x = smaller(greater(input, Lanes(repeating: -87)), Lanes(repeating: 88))
    // Adding 1.5 · 2^23 leaves the nearest whole number in the low bits of the fraction.
    let magic = Lanes(repeating: 0x1.8p23)
    let shifted = x * 1.442_695_04 + magic
    let n = shifted - magic
    // ln 2 in two parts, so that n times the first is exact.
    let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
    var power = Lanes(repeating: 1.0 / 5040)
    power = power * r + 1.0 / 720
    power = power * r + 1.0 / 120
    power = power * r + 1.0 / 24
    power = power * r + 1.0 / 6
    power = power * r + 0.5
    power = power * r + 1
    power = power * r + 1
    let whole = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- unsafeBitCast(magic, to: SIMD16<Int32>.self)
    let scale = unsafeBitCast((whole &+ 127) &<< 23, to: Lanes.self)
    return power * scale
}

/// The Gaussian error linear unit x Φ(x), to an absolute error below 1e-6.
///
/// With u = |x| / √2 it is max(x, 0) - |x| erfc(u) / 2, and erfc is formula 7.1.26 of Abramowitz and Stegun,
/// "Handbook of Mathematical Functions" (error below 1.5e-7).
@inline(__always)
func gaussianErrorLinearUnit(_ x: Lanes) -> Lanes {
    let zero = Lanes(repeating: 0)
    let positive = greater(x, zero)
    let magnitude = greater(x, zero - x)
    let u = magnitude * 0.707_106_78
    let t = 1 / (u * 0.327_591_1 + 1)
    var tail = t * 1.061_405_429 - 1.453_152_027
    tail = tail * t + 1.421_413_741
    tail = tail * t - 0.284_496_736
    tail = tail * t + 0.254_829_592
    let complement = tail * t * exponential(zero - u * u)
    return positive - magnitude * complement * 0.5
}

/// Loops over rows of floats whose length is a multiple of 16 (`BERTConfiguration` makes sure of that).
enum RowKernels {
    /// The number of floats that are worked on together.
    static let width = 16

    /// A length rounded up to whole lanes.
    static func padded(_ length: Int) -> Int { (length + width - 1) / width * width }

    /// Adds `bias` to each row.
    static func addBias(_ bias: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>, count: Int, length: Int) {
        for row in 0..<count {
            let start = rows + row * length
            for position in stride(from: 0, to: length, by: width) {
                start.store(start.lanes(at: position) + bias.lanes(at: position), at: position)
            }
        }
    }

    /// Adds `bias` to each row and applies the activation.
    static func addBiasAndActivate(
        _ bias: UnsafePointer<Float>, to rows: UnsafeMutablePointer<Float>, count: Int, length: Int
    ) {
        for row in 0..<count {
            let start = rows + row * length
            for position in stride(from: 0, to: length, by: width) {
                let sum = start.lanes(at: position) + bias.lanes(at: position)
                start.store(gaussianErrorLinearUnit(sum), at: position)
            }
        }
    }

    /// states = norm(states + update + bias), row by row, and states = norm(states) where there is no update.
    ///
    /// norm(x) = (x - mean) / √(variance + ε) · scale + shift, with the variance of the row itself.
    /// Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", 2016.
    static func addAndNormalise(
        _ states: UnsafeMutablePointer<Float>,
        update: (rows: UnsafePointer<Float>, bias: UnsafePointer<Float>)?,
        norm: (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, epsilon: Float),
        count: Int, length: Int
    ) {
        for row in 0..<count {
            let start = states + row * length
            var sums = Lanes()
            for position in stride(from: 0, to: length, by: width) {
                var value = start.lanes(at: position)
                if let update {
                    value += update.rows.lanes(at: row * length + position) + update.bias.lanes(at: position)
                    start.store(value, at: position)
                }
                sums += value
            }
            let mean = sums.sum() / Float(length)
            var squares = Lanes()
            for position in stride(from: 0, to: length, by: width) {
                let difference = start.lanes(at: position) - mean
                squares += difference * difference
            }
            let factor = 1 / (squares.sum() / Float(length) + norm.epsilon).squareRoot()
            for position in stride(from: 0, to: length, by: width) {
                let centred = (start.lanes(at: position) - mean) * factor
                start.store(centred * norm.scale.lanes(at: position) + norm.shift.lanes(at: position), at: position)
            }
        }
    }

    /// Turns each row of scores into weights that sum to 1. Rows stand `stride` apart, a multiple of 16; what is
    /// behind `length` in a row is overwritten.
    static func softmax(_ scores: UnsafeMutablePointer<Float>, count: Int, length: Int, stride rowStride: Int) {
        for row in 0..<count {
            let start = scores + row * rowStride
            for position in length..<rowStride { start[position] = -.infinity }
            var maxima = Lanes(repeating: -.infinity)
            for position in stride(from: 0, to: rowStride, by: width) {
                maxima = greater(maxima, start.lanes(at: position))
            }
            let maximum = maxima.max()
            var sums = Lanes()
            for position in stride(from: 0, to: rowStride, by: width) {
                // The padding becomes e^-87, which no sum of floats notices.
                let weight = exponential(start.lanes(at: position) - maximum)
                start.store(weight, at: position)
                sums += weight
            }
            let factor = 1 / sums.sum()
            for position in stride(from: 0, to: rowStride, by: width) {
                start.store(start.lanes(at: position) * factor, at: position)
            }
        }
    }

    /// sum = left + right, for one row.
    static func add(
        _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into sum: UnsafeMutablePointer<Float>, length: Int
    ) {
        for position in stride(from: 0, to: length, by: width) {
            sum.store(left.lanes(at: position) + right.lanes(at: position), at: position)
        }
    }

    /// Scales a row to length 1; a row of zeros stays as it is.
    static func normalise(_ row: UnsafeMutablePointer<Float>, length: Int) {
        var squares = Lanes()
        for position in stride(from: 0, to: length, by: width) {
            let value = row.lanes(at: position)
            squares += value * value
        }
        let norm = squares.sum().squareRoot()
        guard norm > 0 else { return }
        for position in stride(from: 0, to: length, by: width) {
            row.store(row.lanes(at: position) / norm, at: position)
        }
    }
}
