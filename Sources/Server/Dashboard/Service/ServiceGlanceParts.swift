internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// What answers for a project, with links to the pages of its service; null where nothing was released or served.
    static func glance(_ view: ProjectOverview) -> JSONValue {
        guard let service = view.service, service.isBegun else { return .null }
        let base = "/p/\(view.found.id)"
        let trial = service.live.candidate.map { "release \($0) is tried beside it" }
        return [
            "base": .string(base), "release": .string(service.live.live.map { "Release \($0)" } ?? "No release"),
            "beside": .string(trial ?? ""),
            "alerts": .string(
                service.alerts.isEmpty
                    ? service.hasRecords ? "No alert" : "Nothing served yet"
                    : "\(service.alerts.count) alert\(service.alerts.count == 1 ? "" : "s")"),
            "anyAlerts": .bool(!service.alerts.isEmpty),
        ]
    }
}
