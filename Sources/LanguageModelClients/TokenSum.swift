/// Adds up what servers counted.
enum TokenSum {
    /// The sum; nil where one of them is not known. A hostile count neither overflows it nor lowers it.
    static func of(_ counts: [Int?]) -> Int? {
        var sum = 0
        for count in counts {
            guard let count else { return nil }
            let (next, overflows) = sum.addingReportingOverflow(max(0, count))
            sum = overflows ? .max : next
        }
        return sum
    }
}
