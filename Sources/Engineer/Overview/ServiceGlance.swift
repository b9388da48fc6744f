package import Storage

/// What answers for a project, and what its watch has found, at one moment.
package struct ServiceGlance: Sendable {
    /// Which releases answer.
    package let live: LiveReleases
    /// How many were made.
    package let releases: Int
    /// The step at which the gate could not tell, and of which a person has to decide.
    package let undecided: PromotionRecord?
    /// The alerts that fire, the newest first.
    package let alerts: [ServiceAlert]
    /// Whether a service has kept anything.
    package let hasRecords: Bool

    /// Whether anything was released or served.
    package var isBegun: Bool { releases > 0 || hasRecords }
}
