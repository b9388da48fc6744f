import Sandbox
import Testing

/// Attacks the walls of this machine, as the user who runs the tests.
@Suite struct SandboxDoctorTests {
    @Test func `no attack gets through, and at least 40 could be tried`() async throws {
        let rows = try await SandboxDoctor(try Sandbox.find()).attempt()
        for row in rows {
            #expect(![.through, .unclear].contains(row.outcome.verdict), "\(row.name): \(row.outcome.detail)")
        }
        // What is allowed gets through, or the attacks on the proxy would say nothing.
        #expect(rows.count { $0.area == "egress" && $0.outcome.verdict == .blocked } >= 10)
        #expect(rows.count == SandboxDoctor.attackCount)
        #expect(
            rows.count { $0.outcome.verdict == .blocked } >= 40 || rows.allSatisfy { $0.outcome.verdict == .skipped })
    }
}
