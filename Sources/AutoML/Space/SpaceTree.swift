internal import Base

/// The parameters as a forest, each below the one that its condition names: what is needed to count configurations and
/// to find the n-th one without walking through those before it.
struct SpaceTree: Sendable {
    private let parameters: [Parameter]
    private var roots: [Int] = []
    private var children: [[Int]]
    /// The places of each parameter's values that some child waits for, ascending: under all others no child is active,
    /// so a range of a million values need not be walked through.
    private var awaited: [[Int]]
    /// Configurations of each parameter and all below it; nil where not finite.
    private var counts: [Int?]

    /// Of parameters that were checked.
    init(_ parameters: [Parameter]) {
        self.parameters = parameters
        children = Array(repeating: [], count: parameters.count)
        awaited = children
        counts = Array(repeating: 1, count: parameters.count)
        let places = Dictionary(
            parameters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (place, parameter) in parameters.enumerated() {
            if let parent = parameter.condition.flatMap({ places[$0.parameter] }) {
                children[parent].append(place)
            } else {
                roots.append(place)
            }
        }
        for (place, parameter) in parameters.enumerated() {
            let values = children[place].flatMap { parameters[$0].condition?.values ?? [] }
            awaited[place] = Set(values.compactMap(parameter.domain.place)).sorted()
        }
        // Children come after their parents, so backwards every child is counted before it is needed.
        for place in parameters.indices.reversed() {
            counts[place] = count(below: place)
        }
    }

    /// How many configurations there are, at most `Int.max`; nil where not finite.
    var size: Int? { product(of: roots) }

    /// The configuration at a place of the enumeration, from 0 to `size`.
    func configuration(at index: Int) -> Configuration {
        var configuration = Configuration()
        fill(&configuration, roots, index: index)
        return configuration
    }

    private func product(of places: [Int]) -> Int? {
        var product = 1
        for place in places {
            guard let count = counts[place] else { return nil }
            product = product.saturatingMultiply(count)
        }
        return product
    }

    private func count(below place: Int) -> Int? {
        guard let values = parameters[place].domain.count else { return nil }
        var total = values - awaited[place].count
        for position in awaited[place] {
            guard let product = product(of: active(below: place, at: position)) else { return nil }
            total = total.saturatingAdd(product)
        }
        return total
    }

    /// The children that are active when the parameter has the value at a position.
    private func active(below place: Int, at position: Int) -> [Int] {
        guard let value = parameters[place].domain.value(at: position) else { return [] }
        let configuration = Configuration([parameters[place].name: value])
        return children[place].filter { parameters[$0].isActive(under: configuration) }
    }

    /// Reads the index as a number whose digits are the places, the last one the fastest.
    private func fill(_ configuration: inout Configuration, _ places: [Int], index: Int) {
        var rest = index
        for place in places.reversed() {
            let count = max(counts[place] ?? 1, 1)
            fill(&configuration, place, index: rest % count)
            rest /= count
        }
    }

    private func fill(_ configuration: inout Configuration, _ place: Int, index: Int) {
        let parameter = parameters[place]
        var rest = index
        var next = 0
        for position in awaited[place] {
            guard rest >= position - next else { break }
            rest -= position - next
            let active = active(below: place, at: position)
            let block = product(of: active) ?? 1
            if rest < block {
                configuration[parameter.name] = parameter.domain.value(at: position)
                fill(&configuration, active, index: rest)
                return
            }
            rest -= block
            next = position + 1
        }
        configuration[parameter.name] = parameter.domain.value(at: next + rest)
    }
}
