internal import Base

/// What is known of a requirement: its measured value, and whether that meets its test.
package struct RequirementVerdict: Sendable, Hashable {
    /// What is known.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case met
        case notMet = "not met"
        /// The interval has values on both sides of the threshold, or the value flatters.
        case undetermined
        case notMeasured = "not measured"
        /// It was measured before the requirement said what it says, or on another project than this.
        case stale
    }

    package let requirement: Requirement
    package internal(set) var state: State
    /// What was measured; nil where nothing was.
    package let measured: MeasuredValue?
    /// Why, and what to do.
    package internal(set) var sentence: String
    /// Whether the value is older than the text.
    package internal(set) var isOlderThanText = false

    /// Judges a value.
    init(of requirement: Requirement, _ measured: Result<MeasuredValue, NotMeasured>) {
        self.requirement = requirement
        guard let criterion = requirement.criterion else {
            self.measured = nil
            state = .notMeasured
            sentence = "It has no test: neo spec check says what to write."
            return
        }
        switch measured {
        case .failure(let reason):
            self.measured = nil
            state = .notMeasured
            sentence = reason.sentence
        case .success(let value):
            self.measured = value
            (state, sentence) = Self.judge(value, criterion)
        }
    }

    private static func judge(_ measured: MeasuredValue, _ criterion: Criterion) -> (State, String) {
        let words = MeasuredWords(measured, criterion).text
        let admitted = criterion.values.widened
        let known = ValueRange(
            lower: measured.lower ?? measured.value,
            upper: measured.isLowerBound ? .infinity : measured.upper ?? measured.value)
        let remark = measured.remark.map { " " + $0 } ?? ""
        if admitted.excludes(known) { return (.notMet, words + "." + remark) }
        guard admitted.holds(known) else {
            let why =
                measured.isLowerBound
                ? "It is a part of the whole, which may be more."
                : "The interval has values on both sides of the threshold: more \(measured.noun)s would tell."
            return (.undetermined, words + ". " + why + remark)
        }
        if measured.basis == .search {
            return (
                .undetermined,
                words
                    + ". These questions chose the configuration, so the value is too high: hold some back (100 and more "
                    + "are divided by themselves; neo search --holdout)." + remark
            )
        }
        return (.met, words + "." + remark)
    }

    /// The questions whose own value misses the test, the worst first.
    package var failing: [MeasuredValue.Row] {
        guard let measured, let criterion = requirement.criterion else { return [] }
        let admitted = criterion.values.widened
        return measured.rows.filter { admitted.excludes(ValueRange(lower: $0.value, upper: $0.value)) }
            .sorted { criterion.comparison.wantsMore ? $0.value < $1.value : $0.value > $1.value }
    }
}

extension Criterion.Comparison {
    /// Whether larger values are better.
    fileprivate var wantsMore: Bool { self == .atLeast || self == .above }
}

extension ValueRange {
    /// The range with what its bounds lost in rounding: 90 % of 1 is 0.9.
    fileprivate var widened: ValueRange {
        func room(_ bound: Double) -> Double { bound.isFinite ? 1e-9 * abs(bound) : 0 }
        var range = self
        if !excludesLower { range.lower -= room(lower) }
        if !excludesUpper { range.upper += room(upper) }
        return range
    }
}

/// A measured value as people read it, in the unit of the requirement's test.
struct MeasuredWords {
    let measured: MeasuredValue
    let criterion: Criterion

    init(_ measured: MeasuredValue, _ criterion: Criterion) {
        self.measured = measured
        self.criterion = criterion
    }

    /// A value of the base unit in the test's unit.
    func converted(_ value: Double) -> Double { value / MeasurementUnit(criterion.unit).factor }

    var text: String {
        var text =
            quantity(measured.value) + (criterion.unit.isEmpty ? "" : " " + RequirementNames.line(criterion.unit))
        if let lower = measured.lower {
            let upper = measured.upper.map { "to \(quantity($0))" } ?? "and more"
            text += " (95 % interval \(quantity(lower)) \(upper))"
        }
        return (measured.isLowerBound ? "at least " : "") + text + ", " + basis
    }

    private var basis: String {
        let count = ReportText.count(measured.count, measured.noun)
        let day = measured.measured.prefix(10)
        return switch measured.basis {
        case .heldOut: "\(count) that the search did not see, \(day)"
        case .crossFitted: "\(count), cross-fitted, \(day)"
        case .search: "\(count) of the search, \(day)"
        case .answers: "\(count), answered on \(day)"
        case .requests: "\(count), \(day)"
        case .documents: "\(count) read on \(day)"
        case .ledger: "\(count) in the ledger"
        case .run: "logged by the run \(RequirementNames.line(measured.run ?? "")), \(day)"
        case .exact: "by the configuration, \(day)"
        }
    }

    private func quantity(_ value: Double) -> String {
        let value = converted(value)
        // Counts have no fractions; of a small number the first three digits that are not 0.
        if measured.lower == nil, value == value.rounded() { return Rounding.text(value, digits: 0) }
        guard value != 0, abs(value) < 1 else { return Rounding.text(value, digits: abs(value) >= 100 ? 1 : 2) }
        var (digits, scaled) = (2, abs(value))
        while scaled < 1, digits < 12 { (digits, scaled) = (digits + 1, scaled * 10) }
        return Rounding.text(value, digits: digits)
    }
}
