/// What a unit means: a dimension, and how much of its base unit it is.
///
/// `ms`, `MB`, `%`, and quotients of them such as `USD per query` or `requests/min`. A unit that nobody here knows is a
/// dimension of its own: it is compared with itself only.
struct MeasurementUnit: Sendable, Hashable {
    /// The base unit: `s`, `B`, `usd`, `requests/s`; empty for a plain number.
    let dimension: String
    let factor: Double

    init(_ text: String) {
        let words = text.lowercased().replacing("/", with: " per ").split(whereSeparator: \.isWhitespace).map(
            String.init)
        let parts = words.split(separator: "per", omittingEmptySubsequences: false).map { $0.joined(separator: " ") }
        guard parts.count == 2 else {
            (dimension, factor) = Self.simple(words.joined(separator: " "))
            return
        }
        let above = Self.simple(parts[0])
        let below = Self.simple(parts[1])
        dimension = "\(above.dimension)/\(below.dimension)"
        factor = above.factor / below.factor
    }

    /// Whether it is one that is converted, and not just any word.
    var isKnown: Bool {
        Self.known.values.contains { !$0.dimension.isEmpty && $0.dimension == dimension } || factor != 1
    }

    /// Whether it is time, memory or money, of which there is never less than nothing.
    var isAmount: Bool {
        ["s", "b", "usd", "eur"].contains(dimension.split(separator: "/").first.map(String.init) ?? "")
    }

    private static func simple(_ name: String) -> (dimension: String, factor: Double) {
        if let known = known[name] { return known }
        // Queries and query are one unit.
        return (name.count > 3 && name.hasSuffix("s") ? String(name.dropLast()) : name, 1)
    }

    private static let known: [String: (dimension: String, factor: Double)] = {
        var units: [String: (dimension: String, factor: Double)] = ["": ("", 1)]
        let table: [(String, Double, String)] = [
            ("", 0.01, "% percent"), ("", 1, "ratio share fraction"),
            ("s", 1e-6, "us µs μs microsecond microseconds"), ("s", 1e-3, "ms msec millisecond milliseconds"),
            ("s", 1, "s sec secs second seconds"), ("s", 60, "min mins minute minutes"),
            ("s", 3600, "h hr hrs hour hours"), ("s", 86_400, "d day days"), ("s", 604_800, "week weeks"),
            ("usd", 1, "usd $ dollar dollars"), ("usd", 0.01, "cent cents ¢"), ("eur", 1, "eur € euro euros"),
            ("b", 1, "b byte bytes"), ("b", 1e3, "kb"), ("b", 1e6, "mb"), ("b", 1e9, "gb"), ("b", 1e12, "tb"),
            ("b", 1024, "kib"), ("b", 1_048_576, "mib"), ("b", 1_073_741_824, "gib"),
            ("request/s", 1, "rps"), ("query/s", 1, "qps"), ("query", 1, "queries"),
        ]
        for (dimension, factor, names) in table {
            for name in names.split(separator: " ") { units[String(name)] = (dimension, factor) }
        }
        return units
    }()
}
