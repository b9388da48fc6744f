extension BudgetUnit {
    /// An amount for people: `0.25 dollars`.
    package func words(_ amount: Double) -> String {
        switch self {
        case .usd: Self.digits(amount, places: amount > 0 && amount < 0.1 ? 6 : 2) + " dollars"
        case .tokens: Self.digits(amount.rounded(.up), places: 0) + " tokens"
        case .minutes: Self.digits(amount, places: 2) + " minutes"
        }
    }

    /// Rounded up, so that a budget that is raised to what a sentence says is enough.
    private static func digits(_ amount: Double, places: Int) -> String {
        guard amount.isFinite, abs(amount) < 1e12 else { return String(amount) }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let whole = Int((amount * Double(scale) - 1e-9).rounded(.up))
        guard places > 0 else { return String(whole) }
        let fraction = String(whole % scale)
        return "\(whole / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
