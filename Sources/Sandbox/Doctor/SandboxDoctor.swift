internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Attacks the walls of this machine, and says what holds.
///
/// The attacks are ported from what is publicly known to have got through such walls: the remount of a read-only root,
/// release_agent, open_by_handle_at, TIOCSTI, unix sockets of the host, memfd; and from the lists that the test suites of
/// srt and codex try.
package struct SandboxDoctor: Sendable {
    private let sandbox: Sandbox
    private let python: String?

    /// A doctor for the walls that were found.
    package init(_ sandbox: Sandbox) {
        self.sandbox = sandbox
        // Only what lies below /usr is there inside.
        python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// How many attacks there are.
    package static var attackCount: Int { Attack.all.count }

    /// Attempts all of them, one after the other.
    ///
    /// - Parameters:
    ///   - comparing: whether each is also tried under a plain profile, and without walls.
    ///   - onRow: hears each as it is over.
    package func attempt(
        comparing: Bool = false, onRow: @Sendable (AttackRow) -> Void = { _ in }
    ) async throws -> [AttackRow] {
        // What a run would find if it were handed Neo's own environment.
        setenv("NEO_DOCTOR_TOKEN", "secret", 1)
        defer { unsetenv("NEO_DOCTOR_TOKEN") }
        var rows: [AttackRow] = []
        for attack in Attack.all {
            var row = AttackRow(
                name: attack.name, area: attack.area.rawValue, outcome: try await attempt(attack, under: nil))
            if comparing {
                row.plain = try await attempt(attack, under: .readOnlyRoot(bubblewrap: sandbox.bubblewrap))
                row.unwalled = try await attempt(attack, under: .unwalled)
            }
            if row.outcome.verdict == .through || row.outcome.verdict == .unclear { row.remedy = attack.remedy }
            onRow(row)
            rows.append(row)
        }
        return rows
    }

    private func attempt(_ attack: Attack, under profile: PlainProfile?) async throws -> AttackOutcome {
        guard let python else {
            return AttackOutcome(.skipped, "Python is missing (sudo apt-get install python3)")
        }
        let range = try AttackRange()
        defer { range.remove() }
        let command = attack.command(python: python)
        return try await AttackWorld.with(key: range.key) { world in
            guard attack.area == .neighbours else {
                return try await attempt(attack, under: profile, command, range, world, neighbour: nil)
            }
            if sandbox.runtime == .runsc { return AttackOutcome(.skipped, "runsc gives no run a network") }
            return try await AttackNeighbour.with(sandbox, python: python, range: range, world: world) { neighbour in
                range.tell(neighbour.environment)
                return try await attempt(attack, under: profile, command, range, world, neighbour: neighbour)
            }
        }
    }

    private func attempt(
        _ attack: Attack, under profile: PlainProfile?, _ command: [String], _ range: AttackRange, _ world: AttackWorld,
        neighbour: AttackNeighbour?
    ) async throws -> AttackOutcome {
        guard let profile else { return try await inWalls(attack, command, range, world, neighbour) }
        let (result, ended) = try await range.withVictim {
            try await profile.run(command, in: range, world: attack.hasHosts ? world : nil)
        }
        let found = try await range.found(
            attack.evidence, victimEnded: ended, reader: nil, world: world, neighbour: neighbour)
        return AttackOutcome(output: result.output, status: result.status, limitsHit: [], found: found)
    }

    private func inWalls(
        _ attack: Attack, _ command: [String], _ range: AttackRange, _ world: AttackWorld, _ neighbour: AttackNeighbour?
    ) async throws -> AttackOutcome {
        var policy = range.policy
        var sandbox = sandbox
        if attack.area == .egress, sandbox.runtime == .runsc {
            return AttackOutcome(.skipped, "runsc gives no run a network")
        }
        if attack.hasHosts {
            try world.apply(to: &policy)
            sandbox.outside = world.outside(trap: Int(range.port))
        }
        let careless = open(range.secret, O_RDONLY)
        defer { close(careless) }
        let walls = (sandbox, policy)
        let (result, ended) = try await range.withVictim { try await walls.0.run(command, under: walls.1) }
        let found = try await range.found(
            attack.evidence, victimEnded: ended, reader: try WorkspaceFiles(policy), world: world, neighbour: neighbour)
        return AttackOutcome(
            output: result.output, status: result.status, limitsHit: result.limitsHit, found: found)
    }
}
