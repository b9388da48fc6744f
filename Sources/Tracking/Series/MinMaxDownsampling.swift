/// Thins a series out so that a chart of it looks the same: of each stretch the least and the greatest value are kept, in
/// their order, so no spike is lost. The first and the last point are always among them.
///
/// Source: the M4 family of aggregations (U. Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation",
/// VLDB 2014), with the minimum and maximum of each stretch only.
package struct MinMaxDownsampling {
    private let stretch: Int
    private var inStretch = 0
    private var least: Point?
    private var greatest: Point?
    private var undefined: Point?
    private var last: Point?
    private(set) var points: [Point] = []

    /// - Parameters:
    ///   - count: how many points will come.
    ///   - maximum: about how many are wanted; at least 4.
    package init(count: Int, maximum: Int) {
        let wanted = max(4, maximum)
        stretch = count <= wanted ? 1 : max(2, (count + (wanted / 2) - 1) / (wanted / 2))
        points.reserveCapacity(min(count, wanted + 4))
    }

    /// Takes the next point.
    package mutating func add(_ point: Point) {
        guard stretch > 1 else { return points.append(point) }
        if points.isEmpty, last == nil { points.append(point) }
        last = point
        if point.value.isNaN {
            undefined = undefined ?? point
        } else {
            if least.map({ point.value < $0.value }) ?? true { least = point }
            if greatest.map({ point.value > $0.value }) ?? true { greatest = point }
        }
        inStretch += 1
        if inStretch == stretch { close() }
    }

    /// What is left of them.
    package mutating func finish() -> [Point] {
        guard stretch > 1 else { return points }
        close()
        if let last, points.last?.number != last.number { points.append(last) }
        return points
    }

    private mutating func close() {
        // A stretch in which nothing is a number is a gap in the line, which one point shows.
        let kept = [least, greatest].compactMap { $0 }
        for point in (kept.isEmpty ? [undefined].compactMap { $0 } : kept).sorted(by: { $0.number < $1.number })
        where points.last.map({ $0.number < point.number }) ?? true {
            points.append(point)
        }
        (least, greatest, undefined, inStretch) = (nil, nil, nil, 0)
    }
}
