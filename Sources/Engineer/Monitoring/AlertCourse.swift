package import Storage

/// What becomes of a rule's alert when the rule is looked at: a state machine without clock and disk.
///
/// Nothing → pending → firing → resolved. What was seen once is pending; seen again it fires, so that one odd look alarms
/// nobody. What is firing is resolved after it was not seen for a while, so that one good look does not end it either; what
/// was only pending is dropped. While it is open it is one alert: nobody is told twice.
package struct AlertCourse: Sendable, Hashable {
    /// For how long a condition must hold before somebody is told.
    package var pendingSeconds: Double
    /// For how long it must not hold before it is over.
    package var calmSeconds: Double

    /// The usual times.
    package init(pendingSeconds: Double = 60, calmSeconds: Double = 300) {
        self.pendingSeconds = pendingSeconds
        self.calmSeconds = calmSeconds
    }

    /// What changes.
    package enum Step: Sendable, Hashable {
        case none
        /// It is to be kept, and nobody is told.
        case keep(ServiceAlert)
        /// It is to be kept and told.
        case tell(ServiceAlert, AlertDelivery.Event)
    }

    /// What becomes of the open alert of a rule.
    ///
    /// - Parameters:
    ///   - open: the alert that is pending or firing; nil where there is none.
    ///   - found: a new alert with what is seen now; nil where nothing is.
    ///   - now: seconds since 1970. Where it lies before what was noted, because the clock was set back, times are taken
    ///     from now on.
    package func step(_ open: ServiceAlert?, found: ServiceAlert?, at now: Double) -> Step {
        switch (open, found) {
        case (nil, nil): return .none
        case (nil, let found?):
            var alert = found
            (alert.state, alert.began, alert.lastTrue) = (.pending, now, now)
            guard pendingSeconds <= 0 else { return .keep(alert) }
            (alert.state, alert.fired) = (.firing, now)
            return .tell(alert, .firing)
        case (var alert?, let found?):
            alert.title = found.title
            alert.evidence = found.evidence
            alert.command = found.command
            alert.lastTrue = now
            let isWorse = found.severity == .page && alert.severity == .ticket
            alert.severity = isWorse ? .page : alert.severity
            if alert.began > now { alert.began = now }
            if alert.state == .pending {
                guard now - alert.began >= pendingSeconds else { return .keep(alert) }
                (alert.state, alert.fired) = (.firing, now)
                return .tell(alert, .firing)
            }
            // Somebody who knew of a ticket must hear that it has become urgent.
            return isWorse ? .tell(alert, .firing) : .keep(alert)
        case (var alert?, nil):
            if alert.lastTrue > now {
                alert.lastTrue = now
                return .keep(alert)
            }
            if alert.state == .pending {
                (alert.state, alert.ended) = (.dropped, now)
                return .keep(alert)
            }
            guard now - alert.lastTrue >= calmSeconds else { return .none }
            (alert.state, alert.ended) = (.resolved, now)
            return .tell(alert, .resolved)
        }
    }
}
