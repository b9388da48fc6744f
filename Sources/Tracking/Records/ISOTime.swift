#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Dates as other tools write them.
enum ISOTime {
    /// Seconds since 1970 of `2026-11-22T04:28:35.250+01:00`; without a zone it is UTC, as Trackio means it.
    static func seconds(of text: String) -> Double? {
        var text = text.replacing(" ", with: "T")
        let clock = text.firstIndex(of: "T").map { text[$0...] } ?? ""
        if !clock.contains("Z"), !clock.contains("+"), !clock.dropFirst().contains("-") { text += "Z" }
        var fraction = 0.0
        if let dot = text.firstIndex(of: ".") {
            let end = text[text.index(after: dot)...].firstIndex { !$0.isNumber } ?? text.endIndex
            guard let value = Double("0" + text[dot..<end]) else { return nil }
            fraction = value
            text.removeSubrange(dot..<end)
        }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return date.timeIntervalSince1970 + fraction
    }

    /// `2026-11-22T04:28:35.250Z`.
    static func text(of seconds: Double) -> String {
        let whole = seconds.rounded(.down)
        let thousandths = min(999, Int(((seconds - whole) * 1000).rounded()))
        let date = Date(timeIntervalSince1970: whole).ISO8601Format()
        let digits = String(thousandths)
        return date.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }
}
