/// Numbers as people read them.
package enum Rounding {
    /// Three digits after the point: `0.813`; `–` where there is no number.
    package static func text(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "–" }
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 1e15 else { return String(value) }
        let whole = Int(scaled)
        let rest = String(whole % scale)
        let sign = value < 0 && whole > 0 ? "−" : ""
        guard digits > 0 else { return sign + String(whole) }
        return "\(sign)\(whole / scale).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }
}
