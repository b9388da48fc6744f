public import Base

/// Proposes configurations at random, never one twice.
///
/// In a finite space every configuration that was not tried yet is equally probable. Where a parameter is a range of
/// real numbers, each parameter is drawn by itself, evenly over its domain.
public struct RandomSampler: Sampler {
    /// `random`.
    public let name = "random"
    private let parameters: [Parameter]
    private let tree: SpaceTree
    private let size: Int?

    /// A sampler over a space.
    public init(_ space: SearchSpace) {
        parameters = space.parameters
        tree = SpaceTree(space.parameters)
        // A larger count may have been cut off at Int.max, and its places with it.
        size = tree.size.flatMap { $0 < 1 << 53 ? $0 : nil }
    }

    /// A configuration that was not tried yet.
    public func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
        let seen = Set(history.map(\.configuration))
        guard let size else { return independent(seen, using: &generator) }
        guard seen.count < size else { return nil }
        if seen.count <= size / 2 {
            // At least half is left, so two draws are enough on average.
            while true {
                let configuration = tree.configuration(at: Int.random(in: 0..<size, using: &generator))
                if !seen.contains(configuration) { return configuration }
            }
        }
        let left = (0..<size).lazy.map { tree.configuration(at: $0) }.filter { !seen.contains($0) }
        return Array(left).randomElement(using: &generator)
    }

    /// Draws each parameter by itself.
    private func independent(
        _ seen: Set<Configuration>, using generator: inout SplitMix64
    ) -> Configuration? {
        // Repeats are rare unless a condition leads into a small finite corner; then other draws leave it again.
        for _ in 0..<10_000 {
            var configuration = Configuration()
            for parameter in parameters where parameter.isActive(under: configuration) {
                configuration[parameter.name] = parameter.domain.draw(using: &generator)
            }
            if !seen.contains(configuration) { return configuration }
        }
        return nil
    }
}

extension Parameter.Domain {
    /// A value at random: evenly, or evenly over the logarithm.
    func draw(using generator: inout SplitMix64) -> JSONValue? {
        guard case .real(let range, let logarithmic) = self else {
            return value(at: Int.random(in: 0..<max(count ?? 1, 1), using: &generator))
        }
        let share = generator.nextUnit()
        let drawn: Double
        if logarithmic {
            let low = logarithm(range.lowerBound)
            drawn = exponential(low + share * (logarithm(range.upperBound) - low))
        } else {
            // Not through the width, which may be infinite.
            drawn = range.lowerBound * (1 - share) + range.upperBound * share
        }
        return .number(min(max(drawn, range.lowerBound), range.upperBound))
    }
}
