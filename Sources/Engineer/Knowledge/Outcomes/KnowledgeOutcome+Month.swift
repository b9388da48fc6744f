internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A calendar month, by the clock of Greenwich.
struct ServiceMonth: Sendable, Hashable {
    /// `2026-11`.
    let name: String
    /// Seconds since 1970: its first moment, and the first one after it.
    let start: Double
    let end: Double

    /// The month that a time lies in.
    init(of time: Double) {
        let calendar = Self.calendar
        let date = Date(timeIntervalSince1970: time)
        let interval = calendar.dateInterval(of: .month, for: date) ?? DateInterval(start: date, duration: 86_400)
        name = String(interval.start.timestamp.prefix(7))
        start = interval.start.timeIntervalSince1970
        end = interval.end.timeIntervalSince1970
    }

    /// The month before.
    var previous: ServiceMonth { ServiceMonth(of: start - 1) }

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        return calendar
    }
}

extension KnowledgeOutcome {
    /// What a service did in a month, or in what is over of it; nil where nobody asked it anything.
    init?(
        _ month: ServiceMonth, until now: Double, from database: ServiceDatabase, slowMilliseconds: Double,
        project: String, study: String?, version: String
    ) async throws {
        let end = min(now, month.end)
        let counts = try await database.counts(from: month.start, to: end, slowMilliseconds: slowMilliseconds)
        guard counts.requests > 0 else { return nil }
        let figures = try await database.monthFigures(from: month.start, to: end)
        self.init(
            .month, of: month.name, project: project, study: study,
            day: String(Date(timeIntervalSince1970: end - 1).timestamp.prefix(10)), version: version)
        words["month"] = month.name
        words["whole"] = now >= month.end ? "yes" : "no"
        let numbers: [(String, Int)] = [
            ("requests", counts.requests), ("failed", counts.failed), ("slow", counts.slow),
            ("questions", counts.questions), ("abstained", counts.abstained), ("ratings", counts.ratings),
            ("negative", counts.negative), ("probes", counts.probes), ("failed_probes", counts.failedProbes),
            ("days", figures.days), ("releases", figures.releases), ("alerts.page", figures.pages),
            ("alerts.ticket", figures.tickets), ("drift.looks", figures.driftLooks),
            ("drift.found", figures.driftFound),
            ("comparisons", figures.comparisons), ("corrections", figures.corrections),
        ]
        for (name, number) in numbers { values[name] = Double(number) }
        values["dollars"] = counts.dollars
        values["slow_milliseconds"] = slowMilliseconds
        values["p50_milliseconds"] = figures.median
        values["p95_milliseconds"] = figures.p95
    }
}
