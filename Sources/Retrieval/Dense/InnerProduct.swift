/// Inner products of vectors of floats.
///
/// Sixteen sums run side by side, which is four independent chains of additions on a machine with vectors of four,
/// enough to keep up with memory. Both functions add in the same order, so their results are equal to the bit.
enum InnerProduct {
    /// The product of two vectors.
    @inline(__always)
    static func of(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ count: Int) -> Float {
        var sums = SIMD16<Float>.zero
        let whole = count & ~15
        let (leftBytes, rightBytes) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        for start in stride(from: 0, to: whole, by: 16) {
            sums +=
                (leftBytes + 4 * start).loadUnaligned(as: SIMD16<Float>.self)
                * (rightBytes + 4 * start).loadUnaligned(as: SIMD16<Float>.self)
        }
        var sum = total(sums)
        for place in whole..<count { sum += left[place] * right[place] }
        return sum
    }

    /// The products of one vector with two: reads it once.
    @inline(__always)
    static func ofPair(
        _ left: UnsafePointer<Float>, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ count: Int
    ) -> (Float, Float) {
        var firstSums = SIMD16<Float>.zero
        var secondSums = SIMD16<Float>.zero
        let whole = count & ~15
        let bytes = UnsafeRawPointer(left)
        let (firstBytes, secondBytes) = (UnsafeRawPointer(first), UnsafeRawPointer(second))
        for start in stride(from: 0, to: whole, by: 16) {
            let values = (bytes + 4 * start).loadUnaligned(as: SIMD16<Float>.self)
            firstSums += values * (firstBytes + 4 * start).loadUnaligned(as: SIMD16<Float>.self)
            secondSums += values * (secondBytes + 4 * start).loadUnaligned(as: SIMD16<Float>.self)
        }
        var sums = (total(firstSums), total(secondSums))
        for place in whole..<count {
            sums.0 += left[place] * first[place]
            sums.1 += left[place] * second[place]
        }
        return sums
    }

    @inline(__always)
    private static func total(_ sums: SIMD16<Float>) -> Float {
        let eight = sums.lowHalf + sums.highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two[0] + two[1]
    }
}
