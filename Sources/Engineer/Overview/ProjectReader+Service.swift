internal import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The records of a service, opened, and when they were looked at for pages.
struct ServiceLook {
    var opened: (number: UInt64, database: ServiceDatabase)?
    var looked: ContinuousClock.Instant?
    var mark = "–"
    /// What came in on days that are over, up to a time.
    var days: (until: Double, days: [ServiceDay])?
}

extension ProjectReader {
    /// Requests are kept many times a second. Who reads figures of a month does not need each at once.
    private static let pause = Duration.seconds(2)

    private nonisolated var path: String { found.folder + "/.neo/service.db" }

    /// What a service has kept; nil where none has run: looking makes no database.
    package func service() throws -> ServiceDatabase? {
        guard let number = Self.fileNumber(path) else {
            (look.opened, look.days) = (nil, nil)
            return nil
        }
        if let opened = look.opened, opened.number == number { return opened.database }
        let database = try ServiceDatabase(path: path)
        (look.opened, look.days) = (Self.fileNumber(path).map { ($0, database) }, nil)
        return database
    }

    /// Another text where a service has kept something, at most every two seconds.
    func serviceMark() -> String {
        let now = ContinuousClock.now
        if let last = look.looked, now - last < Self.pause { return look.mark }
        look.looked = now
        look.mark = [path, path + "-wal"].map { path in
            FileState(path).map { "\($0.changed.timeIntervalSince1970) \($0.bytes)" } ?? "–"
        }.joined(separator: "|")
        return look.mark
    }

    /// What came in by day and release in the last 30 days. Days that are over are counted once: of a busy service that takes
    /// seconds.
    ///
    /// - Parameter now: in seconds since 1970.
    package func serviceDays(at now: Double) async throws -> [ServiceDay] {
        guard let database = try service() else { return [] }
        let day = 86_400.0
        // Rows are written in batches, so some of yesterday may come a little later.
        let until = ((now - 600) / day).rounded(.down) * day
        let earlier: [ServiceDay]
        if let known = look.days, known.until == until {
            earlier = known.days
        } else {
            earlier = try await database.days(in: until - 30 * day..<until)
            look.days = (until, earlier)
        }
        return try await database.days(in: until..<(.infinity)) + earlier
    }

    /// The releases, and what became of them.
    package func releases() async throws -> ReleaseBooks { try await ReleaseBooks.look(try project(), database()) }

    /// What answers, and what the watch has found.
    func serviceGlance(_ project: Project) async throws -> ServiceGlance {
        let (database, service) = (try database(), try service())
        let live = try await database?.liveReleases() ?? LiveReleases()
        let steps = try await database?.promotions() ?? []
        return ServiceGlance(
            live: live,
            releases: max(try await database?.releases().count ?? 0, ReleaseFolder.numbers(of: project).count),
            undecided: ReleaseBooks.undecided(steps, live), alerts: try await service?.alerts([.firing]) ?? [],
            hasRecords: service != nil)
    }

    /// A gate that waits for a decision, and alerts that nobody has said to have seen.
    func serviceItems(_ view: ProjectOverview) -> [WaitingItem] {
        guard let service = view.service else { return [] }
        var items = service.alerts.filter { $0.acknowledged == nil }.map { alert in
            var item = WaitingItem(
                kind: "alert",
                sentence: "The service, \(alert.severity == .page ? "at once" : "this week"): "
                    + ReportText.shortened(ReportText.line(alert.title)),
                since: Date(timeIntervalSince1970: alert.began), place: .service(alert: alert.id),
                action: "See the evidence")
            item.serviceAlert = alert.id
            return item
        }
        if let step = service.undecided {
            let open =
                step.gate?.verdict == .undetermined
                ? "is worse" + (step.incumbent.map { " than release \($0)" } ?? "") : "meets its constraints"
            items.append(
                WaitingItem(
                    kind: "release",
                    sentence:
                        "The gate could not tell whether release \(step.release) \(open): a person decides.",
                    since: (try? Date(step.at, strategy: .iso8601)) ?? Date(timeIntervalSince1970: 0),
                    place: .releases(step: step.id), action: "See what it found"))
        }
        return items
    }
}
