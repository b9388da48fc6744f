import Sandbox
import Testing

/// Attacks the walls of this machine, as the user who runs the tests.
@Suite struct SandboxDoctorTests {
    @Test func `no attack gets through, and at least 40 could be tried`() async throws {
        let rows = try await SandboxDoctor(try Sandbox.find()).attempt()
        for row in rows {
            #expect(![.through, .unclear].contains(row.outcome.verdict), "\(row.name): \(row.outcome.detail)")
        }
        #expect(rows.count == SandboxDoctor.attackCount)
        #expect(
            rows.count { $0.outcome.verdict == .blocked } >= 40 || rows.allSatisfy { $0.outcome.verdict == .skipped })
    }
}
