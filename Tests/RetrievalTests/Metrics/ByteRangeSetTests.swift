import Base
import Testing

@testable import Retrieval

@Suite struct ByteRangeSetTests {
    @Test(arguments: 0..<20)
    func `It holds what a set of offsets holds, and names each new offset once`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        var ranges = ByteRangeSet()
        var offsets: Set<Int> = []
        for _ in 0..<60 {
            let lower = Int.random(in: 0..<200, using: &random)
            let range = lower..<lower + Int.random(in: 0..<30, using: &random)
            let added = ranges.insert(range).flatMap { $0 }
            #expect(added == Set(range).subtracting(offsets).sorted())
            offsets.formUnion(range)
            #expect(ranges.ranges.flatMap { $0 } == offsets.sorted())
            #expect(zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }
}
