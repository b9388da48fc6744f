internal import Base
internal import Statistics

/// Configurations as one level a parameter: what a tree splits, and what its marginals run over.
struct LevelTable {
    /// One parameter's levels.
    struct Axis {
        let name: String
        /// How many levels it has; one of them is "not active" where some trial does not have it.
        let levels: Int
        /// Whether levels above and below a number may be told apart only together; false where they have no order.
        let isOrdered: Bool
    }

    /// Ranges with more different values than this are cut into as many parts, with equally many trials each.
    private static let mostLevels = 16

    /// The parameters with at least two levels.
    private(set) var axes: [Axis] = []
    /// The level of each trial on each axis.
    private(set) var rows: [[Int]]

    init(_ parameters: [Parameter], _ configurations: [Configuration]) {
        rows = Array(repeating: [], count: configurations.count)
        for parameter in parameters {
            let (places, count) = Self.places(parameter.domain, configurations.map { $0[parameter.name] })
            let isConditional = places.contains(nil)
            guard count + (isConditional ? 1 : 0) >= 2 else { continue }
            var isOrdered = !isConditional
            if case .categorical = parameter.domain { isOrdered = false }
            axes.append(Axis(name: parameter.name, levels: count + (isConditional ? 1 : 0), isOrdered: isOrdered))
            for row in rows.indices { rows[row].append(places[row] ?? count) }
        }
    }

    /// The level of each value, nil where the parameter is not active, and how many levels there are.
    private static func places(_ domain: Parameter.Domain, _ values: [JSONValue?]) -> (places: [Int?], count: Int) {
        if case .categorical(let all) = domain { return (values.map { $0.flatMap(domain.place) }, all.count) }
        let numbers = values.map { $0?.number }
        let different = Set(numbers.compactMap(\.self)).sorted()
        if case .integer = domain, let count = domain.count, count <= mostLevels {
            return (values.map { $0.flatMap(domain.place) }, count)
        }
        guard different.count > mostLevels else {
            return (numbers.map { number in number.flatMap { different.firstIndex(of: $0) } }, different.count)
        }
        let ends = (1..<mostLevels).map { quantile(Double($0) / Double(mostLevels), of: different) ?? 0 }
        return (numbers.map { number in number.map { value in ends.count { $0 < value } } }, mostLevels)
    }
}
