internal import Base

extension SearchSpace {
    /// Throws a sentence about the first parameter that contradicts itself or the ones before it.
    static func check(_ parameters: [Parameter]) throws(AutoMLError) {
        var earlier: [String: Parameter] = [:]
        let all = Set(parameters.map(\.name))
        for parameter in parameters {
            guard !parameter.name.isEmpty else {
                throw AutoMLError(.invalidSpace, "A parameter has an empty name; give it one.")
            }
            guard earlier[parameter.name] == nil else {
                throw AutoMLError(
                    .invalidSpace, "Two parameters are named `\(parameter.name)`; every name may occur once."
                )
            }
            try check(parameter.domain, of: parameter.name)
            if let condition = parameter.condition {
                try check(condition, of: parameter.name, earlier: earlier, all: all)
            }
            earlier[parameter.name] = parameter
        }
    }

    private static func check(_ domain: Parameter.Domain, of name: String) throws(AutoMLError) {
        switch domain {
        case .categorical(let values):
            guard !values.isEmpty else {
                throw AutoMLError(.invalidSpace, "`\(name)` has no values; give it at least one.")
            }
            var seen: Set<String> = []
            for value in values where !seen.insert(value.canonicalText).inserted {
                throw AutoMLError(
                    .invalidSpace, "`\(name)` lists \(value.canonicalText) twice; each value may occur once.")
            }
        case .integer(_, let step):
            guard step >= 1 else {
                throw AutoMLError(.invalidSpace, "`\(name)` has the step \(step); a step is at least 1.")
            }
        case .real(let range, let log):
            guard range.lowerBound.isFinite, range.upperBound.isFinite else {
                throw AutoMLError(.invalidSpace, "`\(name)` has an infinite end; both ends must be numbers.")
            }
            guard !log || range.lowerBound > 0 else {
                throw AutoMLError(
                    .invalidSpace,
                    "`\(name)` is logarithmic and starts at \(range.lowerBound); it must start above 0."
                )
            }
        }
    }

    private static func check(
        _ condition: Parameter.Condition,
        of name: String,
        earlier: [String: Parameter],
        all: Set<String>
    ) throws(AutoMLError) {
        guard let other = earlier[condition.parameter] else {
            if condition.parameter == name {
                throw AutoMLError(.invalidSpace, "`\(name)` depends on itself; its condition must name an earlier one.")
            }
            if all.contains(condition.parameter) {
                throw AutoMLError(
                    .invalidSpace,
                    "`\(name)` depends on `\(condition.parameter)`, which comes later; move it behind that one."
                )
            }
            let hint = nearest(to: condition.parameter, in: all.sorted()).map { " Did you mean `\($0)`?" }
            throw AutoMLError(
                .invalidSpace, "`\(name)` depends on `\(condition.parameter)`, which does not exist.\(hint ?? "")"
            )
        }
        if case .real = other.domain {
            throw AutoMLError(
                .invalidSpace,
                "`\(name)` depends on single values of `\(other.name)`, which is a range of real numbers."
            )
        }
        guard !condition.values.isEmpty else {
            throw AutoMLError(.invalidSpace, "`\(name)` can never be active: its condition lists no values.")
        }
        if let wrong = condition.values.first(where: { !other.domain.contains($0) }) {
            throw AutoMLError(
                .invalidSpace,
                "`\(name)` waits for `\(other.name)` to be \(wrong.canonicalText), but that is \(other.domain.text)."
            )
        }
    }
}
