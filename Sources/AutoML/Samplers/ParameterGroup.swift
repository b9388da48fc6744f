internal import Base

/// Parameters that are always active together.
struct ParameterGroup: Sendable {
    var parameters: [Parameter]

    /// The groups of a space, each behind those that its condition looks at.
    static func groups(of parameters: [Parameter]) -> [ParameterGroup] {
        var groups: [ParameterGroup] = []
        var places: [Parameter.Condition?: Int] = [:]
        for parameter in parameters {
            if let place = places[parameter.condition] {
                groups[place].parameters.append(parameter)
            } else {
                places[parameter.condition] = groups.count
                groups.append(ParameterGroup(parameters: [parameter]))
            }
        }
        // A parameter may look at a later member of a group that began before.
        var ordered: [ParameterGroup] = []
        var known: Set<String> = []
        while !groups.isEmpty {
            let next = groups.firstIndex { group in
                group.parameters[0].condition.map { known.contains($0.parameter) } ?? true
            }
            let group = groups.remove(at: next ?? 0)
            known.formUnion(group.parameters.map(\.name))
            ordered.append(group)
        }
        return ordered
    }

    /// Whether the parameters are active beside values that are chosen already.
    func isActive(under configuration: Configuration) -> Bool {
        parameters[0].isActive(under: configuration)
    }

    /// The density of those configurations that have these parameters.
    func density(of configurations: [Configuration]) -> ParzenEstimator {
        let dimensions = parameters.map { ParzenDimension($0.domain) }
        let points = configurations.compactMap { configuration -> [Double]? in
            var point: [Double] = []
            for parameter in parameters {
                guard let value = configuration[parameter.name], let place = parameter.domain.coordinate(of: value)
                else { return nil }
                point.append(place)
            }
            return point
        }
        return ParzenEstimator(points, dimensions: dimensions)
    }
}

extension Parameter.Domain {
    /// Where a value lies on the axis on which densities are estimated: its place among those that can be counted, else
    /// the number or its logarithm.
    func coordinate(of value: JSONValue) -> Double? {
        if case .real(_, let logarithmic) = self {
            guard let number = canonical(value)?.number else { return nil }
            return logarithmic ? logarithm(number) : number
        }
        return place(of: value).map(Double.init)
    }

    /// The value at a coordinate.
    func value(atCoordinate coordinate: Double) -> JSONValue? {
        guard case .real(let range, let logarithmic) = self else { return value(at: Int(coordinate)) }
        let number = logarithmic ? exponential(coordinate) : coordinate
        return .number(min(max(number, range.lowerBound), range.upperBound))
    }
}
