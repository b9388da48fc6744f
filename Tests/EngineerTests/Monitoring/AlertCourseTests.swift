import Base
import Storage
import Testing

@testable import Engineer

@Suite struct AlertCourseTests {
    private let course = AlertCourse(pendingSeconds: 60, calmSeconds: 300)
    private func found(_ severity: ServiceAlert.Severity = .ticket) -> ServiceAlert {
        ServiceAlert(
            rule: "errors", severity: severity, state: .pending, began: 0, title: "now", evidence: ["n": 2],
            command: "c")
    }

    /// Looks at the rule at these times; gives what was told, and the alert at the end.
    private func looks(_ looks: [(Double, ServiceAlert?)]) -> (told: [String], open: ServiceAlert?) {
        var open: ServiceAlert?
        var told: [String] = []
        for (now, found) in looks {
            switch course.step(open, found: found, at: now) {
            case .none: break
            case .keep(let alert): open = alert
            case .tell(let alert, let event):
                open = alert
                told.append("\(Int(now)) \(event.rawValue)")
            }
            if let state = open?.state, state == .resolved || state == .dropped { open = nil }
        }
        return (told, open)
    }

    @Test func `what lasts is told once, and its end once`() {
        let all = looks([(0, found()), (30, found()), (60, found()), (90, found()), (120, nil), (400, nil), (430, nil)])
        #expect(all.told == ["60 firing", "400 resolved"])
        #expect(all.open == nil)
    }

    @Test func `what is seen once is told to nobody`() {
        let all = looks([(0, found()), (30, nil), (60, found()), (90, nil)])
        #expect(all.told.isEmpty && all.open == nil)
    }

    @Test func `what goes on after a pause is the same alert`() {
        let all = looks([(0, found()), (60, found()), (90, nil), (200, found()), (300, nil), (499, nil)])
        #expect(all.told == ["60 firing"])
        #expect(all.open?.state == .firing && all.open?.lastTrue == 200)
    }

    @Test func `a ticket that becomes urgent is told again, and not the other way round`() {
        let all = looks([(0, found()), (60, found()), (90, found(.page)), (120, found()), (150, found(.page))])
        #expect(all.told == ["60 firing", "90 firing"])
    }

    @Test func `a clock that is set back neither loses an alert nor keeps it forever`() {
        let all = looks([(10_000, found()), (10_060, found()), (100, found()), (200, nil), (400, nil)])
        #expect(all.told == ["10060 firing", "400 resolved"])
        let waiting = looks([(10_000, found()), (100, found()), (160, found())])
        #expect(waiting.told == ["160 firing"])
        let ahead = looks([(10_000, found()), (10_060, found()), (100, nil), (400, nil)])
        #expect(ahead.told == ["10060 firing", "400 resolved"])
    }
}
