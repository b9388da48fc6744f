/// How long a server asks to wait: its `Retry-After` header.
enum RetryAfter {
    /// More than this is not waited for: a server may ask for any time.
    private static let longestSeconds = 60.0
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The seconds to wait; nil where the header says nothing of use.
    ///
    /// - Parameters:
    ///   - header: a number of seconds, or a date as RFC 9110 (section 5.6.7) prefers it.
    ///   - now: seconds since 1970.
    static func seconds(_ header: String, now: Double) -> Double? {
        guard let wait = Double(header) ?? date(header).map({ $0 - now }), wait.isFinite else { return nil }
        return min(max(wait, 0), longestSeconds)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` as seconds since 1970.
    private static func date(_ text: String) -> Double? {
        let words = text.split(whereSeparator: { " ,:".contains($0) })
        guard words.count == 8, words[7] == "GMT", let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]), (1970...9999).contains(year),
            let hour = Int(words[4]), let minute = Int(words[5]), let second = Int(words[6]),
            (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
        else { return nil }
        // Days since 1970-03-01 of years that begin in March (H. Hinnant, "chrono-compatible low-level date algorithms").
        let shifted = month < 2 ? year - 1 : year
        let monthFromMarch = (month + 10) % 12
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        let days = shifted * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1
        return Double((days - 719_468) * 86_400 + hour * 3_600 + minute * 60 + second)
    }
}
