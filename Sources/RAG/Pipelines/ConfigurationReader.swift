internal import AutoML
internal import Base

/// Reads typed values out of a configuration, with a sentence for each thing that can be wrong.
struct ConfigurationReader {
    let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func string(_ name: String, default fallback: String? = nil) throws(RAGError) -> String {
        guard let value = configuration[name] else {
            if let fallback { return fallback }
            throw missing(name)
        }
        guard let text = value.string else { throw wrong(name, value, "a word") }
        return text
    }

    /// A word that may be left out.
    func name(_ name: String) throws(RAGError) -> String? {
        configuration[name] == nil ? nil : try string(name)
    }

    func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int? = nil) throws(RAGError) -> Int {
        guard let value = configuration[name] else {
            if let fallback { return fallback }
            throw missing(name)
        }
        guard let number = value.integer, range.contains(number) else {
            throw wrong(name, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func number(_ name: String, in range: ClosedRange<Double>, default fallback: Double) throws(RAGError) -> Double {
        guard let value = configuration[name] else { return fallback }
        guard let number = value.number, range.contains(number) else {
            throw wrong(name, value, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func bool(_ name: String, default fallback: Bool) throws(RAGError) -> Bool {
        guard let value = configuration[name] else { return fallback }
        guard let flag = value.bool else { throw wrong(name, value, "true or false") }
        return flag
    }

    func unknown(_ value: String, of name: String, known: [String]) -> RAGError {
        let hint = nearest(to: value, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
        return RAGError(
            code: .invalidConfiguration,
            message:
                "The configuration's \(name) \"\(value)\" is not known; it can be \(known.joined(separator: ", ")).\(hint)"
        )
    }

    private func missing(_ name: String) -> RAGError {
        RAGError(code: .invalidConfiguration, message: "The configuration lacks \(name).")
    }

    private func wrong(_ name: String, _ value: JSONValue, _ wanted: String) -> RAGError {
        RAGError(
            code: .invalidConfiguration,
            message: "The configuration's \(name) is \(value.canonicalText), but must be \(wanted)."
        )
    }
}
