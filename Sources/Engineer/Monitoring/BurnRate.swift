package import Base
internal import Statistics
package import Storage

/// What a rule sees in the counts of its windows.
package struct RuleFinding: Sendable, Hashable {
    package var severity: ServiceAlert.Severity
    /// What changed, as a sentence.
    package var title: String
    /// The numbers behind it.
    package var evidence: JSONValue
    package var window: AlertRule.Window
}

extension AlertRule {
    /// How sure it must be that the budget burns too fast, on one side.
    static let confidence = 0.95

    /// Of the windows that are over, the most urgent one; nil where none is.
    ///
    /// - Parameter counts: what came in during the last so many seconds.
    package func finding(_ counts: (_ seconds: Double) throws -> ServiceCounts) rethrows -> RuleFinding? {
        for window in windows {
            let (long, short) = (try counts(window.longSeconds), try counts(window.shortSeconds))
            if let finding = measure == .cost ? cost(window, long, short) : burn(window, long, short) { return finding }
        }
        return nil
    }

    /// The share of bad ones from which on a window is over. Where so fast a burning is impossible, because it would be
    /// more than all, half of what is left over the budget counts.
    func threshold(_ window: Window) -> Double { min(window.factor * budget, (1 + budget) / 2) }

    private func burn(_ window: Window, _ long: ServiceCounts, _ short: ServiceCounts) -> RuleFinding? {
        let (bad, all) = share(of: long)
        let (badLately, allLately) = share(of: short)
        let limit = threshold(window)
        // Of both sides 90 %: 95 % on the one that matters.
        guard bad >= minimumBad, allLately > 0, Double(badLately) / Double(allLately) >= limit,
            let interval = try? wilsonInterval(successes: bad, of: all, confidence: 2 * Self.confidence - 1),
            interval.lower >= limit
        else { return nil }
        let hours = Self.words(window.longSeconds)
        let title =
            "\(subject): \(bad) of \(all) in the last \(hours) (\(Self.percent(interval.estimate)), at least "
            + "\(Self.percent(interval.lower))), where \(Self.percent(budget)) is allowed: the budget burns "
            + "\(Self.factor(interval.estimate / budget)) times too fast."
        return RuleFinding(
            severity: window.severity, title: title,
            evidence: [
                "measure": .string(name), "window_seconds": .number(window.longSeconds), "bad": .integer(bad),
                "all": .integer(all), "share": .number(interval.estimate), "share_lower": .number(interval.lower),
                "share_upper": .number(interval.upper), "confidence": .number(interval.confidence),
                "budget": .number(budget), "threshold": .number(limit),
                "short_window_seconds": .number(window.shortSeconds), "short_bad": .integer(badLately),
                "short_all": .integer(allLately),
            ], window: window)
    }

    private func cost(_ window: Window, _ long: ServiceCounts, _ short: ServiceCounts) -> RuleFinding? {
        guard let dollarsPerDay else { return nil }
        let allowed = { (seconds: Double) in dollarsPerDay * seconds / 86_400 }
        // Of a part of a day, a part of its dollars; several times too fast in a window that is longer is no use: the
        // money would be gone.
        let factor = min(window.factor, 86_400 / window.longSeconds)
        guard long.requests >= minimumBad, long.dollars >= max(1, factor) * allowed(window.longSeconds),
            short.dollars >= max(1, factor) * allowed(window.shortSeconds)
        else { return nil }
        let title =
            "\(subject): \(Self.dollars(long.dollars)) in the last \(Self.words(window.longSeconds)), where "
            + "\(Self.dollars(allowed(window.longSeconds))) is that time's share of \(Self.dollars(dollarsPerDay)) a day."
        return RuleFinding(
            severity: window.severity, title: title,
            evidence: [
                "measure": .string(name), "window_seconds": .number(window.longSeconds),
                "usd": .number(long.dollars), "allowed_usd": .number(allowed(window.longSeconds)),
                "usd_per_day": .number(dollarsPerDay), "requests": .integer(long.requests),
            ], window: window)
    }

    private var subject: String {
        switch measure {
        case .availability: "The service was not ready"
        case .errors: "Requests fail"
        case .latency: "Requests take longer than \(Self.factor(limitMilliseconds)) ms"
        case .abstentions: "Questions get no answer"
        case .feedback: "Ratings are negative"
        case .probes: "Golden questions do not find what they did"
        case .cost: "Questions cost too much"
        }
    }

    /// What to run.
    package func command(_ project: String) -> String {
        let folder = ShellWord.quoted(project)
        func query(_ condition: String, _ columns: String) -> String {
            "neo query \"SELECT \(columns) FROM requests WHERE origin = 'client' AND \(condition) ORDER BY time DESC LIMIT 20\" "
                + "--project \(folder)"
        }
        return switch measure {
        case .availability: "neo serve \(folder)"
        case .errors: query("outcome = 'failed'", "time, request, route, error, stages")
        case .latency: query("milliseconds > \(Self.factor(limitMilliseconds))", "time, request, milliseconds, stages")
        case .abstentions: query("outcome = 'abstained'", "time, request, reason, evidence, top_score")
        case .feedback: "neo query \"FROM feedback WHERE rating < 0\" --project \(folder)"
        case .probes: "neo check \(folder)"
        case .cost: "neo costs \(folder)"
        }
    }

    static func words(_ seconds: Double) -> String {
        let (amount, unit) =
            seconds < 3600
            ? (seconds / 60, "minute") : seconds < 72 * 3600 ? (seconds / 3600, "hour") : (seconds / 86_400, "day")
        return "\(factor(amount)) \(unit)\(amount == 1 ? "" : "s")"
    }

    private static func percent(_ share: Double) -> String { "\(Rounding.text(100 * share, digits: 1)) %" }
    private static func dollars(_ amount: Double) -> String { "$\(Rounding.text(amount, digits: 4))" }
    private static func factor(_ number: Double) -> String {
        number == number.rounded() && number < 1e9 ? "\(Int(number))" : Rounding.text(number, digits: 1)
    }
}

/// A word of a command line.
package enum ShellWord {
    /// The word as a shell reads it as one, whatever stands in it.
    package static func quoted(_ word: String) -> String {
        let plain =
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
        return plain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
