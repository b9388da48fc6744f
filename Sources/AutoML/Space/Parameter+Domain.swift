public import Base

extension Parameter.Domain {
    /// How many values there are; nil where they cannot be counted.
    public var count: Int? {
        switch self {
        case .categorical(let values): values.count
        case .integer(let range, let step):
            // Through the bit pattern, because the distance of two integers may not fit into one.
            Int(clamping: UInt(bitPattern: range.upperBound &- range.lowerBound) / UInt(max(step, 1))).saturatingAdd(1)
        case .real(let range, _): range.lowerBound == range.upperBound ? 1 : nil
        }
    }

    /// The value that a parameter has unless something else is said: the first one, or the lower end.
    public var first: JSONValue? { value(at: 0) }

    /// Whether a value is one of these.
    public func contains(_ value: JSONValue) -> Bool {
        canonical(value) != nil
    }

    /// The value as this domain writes it, or nil where it is none of its values: `3.0` becomes `3` in a range of whole
    /// numbers, so that equal configurations have equal hashes however they were written.
    func canonical(_ value: JSONValue) -> JSONValue? {
        switch self {
        case .categorical(let values):
            let text = value.canonicalText
            return values.first { $0.canonicalText == text }
        case .integer(let range, let step):
            guard let number = value.integer, range.contains(number),
                UInt(bitPattern: number &- range.lowerBound) % UInt(max(step, 1)) == 0
            else { return nil }
            return .integer(number)
        case .real(let range, _):
            guard let number = value.number, range.contains(number) else { return nil }
            return .number(number)
        }
    }

    /// The value at a place, from 0; of a range of real numbers only the lower end has one.
    func value(at place: Int) -> JSONValue? {
        switch self {
        case .categorical(let values): values.indices.contains(place) ? values[place] : nil
        case .integer(let range, let step):
            place < count ?? 0 ? .integer(range.lowerBound &+ place &* step) : nil
        case .real(let range, _): place == 0 ? .number(range.lowerBound) : nil
        }
    }

    /// The place of a value, from 0; nil where it is none of these, or lies in a range of real numbers.
    func place(of value: JSONValue) -> Int? {
        guard let value = canonical(value) else { return nil }
        switch self {
        case .categorical(let values):
            return values.firstIndex(of: value)
        case .integer(let range, let step):
            return value.integer.map { Int(clamping: UInt(bitPattern: $0 &- range.lowerBound) / UInt(max(step, 1))) }
        case .real:
            return nil
        }
    }

    /// For sentences: `one of "a", "b"`, `a whole number from 1 to 9`.
    var text: String {
        switch self {
        case .categorical(let values): "one of " + values.map(\.canonicalText).joined(separator: ", ")
        case .integer(let range, let step):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
                + (step == 1 ? "" : " in steps of \(step)")
        case .real(let range, _): "a number from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}

extension Int {
    /// The sum, or the largest number where the sum does not fit.
    func saturatingAdd(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product, or the largest number where the product does not fit. For counts.
    func saturatingMultiply(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
