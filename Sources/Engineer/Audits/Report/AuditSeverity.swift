/// How much a finding matters.
package enum AuditSeverity: String, Sendable, Codable, CaseIterable, Comparable {
    /// Good to know.
    case low
    /// To be looked at before others use the service.
    case medium
    /// To be mended before others use the service.
    case high
    /// To be mended now, also where nobody else uses it.
    case critical

    package static func < (left: AuditSeverity, right: AuditSeverity) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
