import Base
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import Storage

@Suite struct AuditDatabaseTests {
    private static func with(_ count: Int, _ body: (AuditDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let log = try AuditDatabase(path: folder + "/audit.db")
            for number in 0..<count { try await log.append([["what": "ask", "n": .integer(number)]]) }
            try await body(log)
        }
    }

    /// Does what somebody with the file and `sqlite3` could.
    private static func tamper(_ log: AuditDatabase, _ sql: String) throws {
        try DatabaseQueue(path: log.path).write {
            try $0.execute(sql: "DROP TRIGGER entries_stay; DROP TRIGGER entries_stay_as_they_are; \(sql)")
        }
    }

    @Test func `a log that nobody touched is whole, and its head is what it says`() async throws {
        try await Self.with(5) { log async throws in
            let result = try await log.verify()
            #expect(result.isWhole && result.rows == 5)
            #expect(result.head == (try await log.head()))
            #expect(try await log.verify(against: result.head).isWhole)
            // As any other program would compute it.
            let rows = try await log.rows(after: 0, limit: 2)
            #expect(rows[0].hash == ContentHash(of: String(repeating: "0", count: 64) + "\n" + rows[0].body).hex)
            #expect(rows[1].hash == ContentHash(of: rows[0].hash + "\n" + rows[1].body).hex)
        }
    }

    @Test(
        "What was done to the rows is found",
        arguments: [
            ("UPDATE entries SET body = json_set(body, '$.n', 9) WHERE number = 3", "Row 3 does not follow"),
            ("DELETE FROM entries WHERE number = 3", "Row 3 is missing"),
            (
                "DELETE FROM entries WHERE number = 3; UPDATE entries SET number = number - 1 WHERE number > 3",
                "does not follow"
            ),
            ("DELETE FROM entries WHERE number > 3", "its end was cut off"),
            ("DELETE FROM entries", "its end was cut off"),
            (
                "UPDATE entries SET number = number + 10 WHERE number = 5; INSERT INTO entries VALUES (5, '{}', hex(zeroblob(32))); "
                    + "UPDATE entries SET number = 6 WHERE number = 15", "does not follow"
            ),
            ("UPDATE entries SET hash = hex(zeroblob(32)) WHERE number = 5", "does not follow"),
        ])
    func tampering(sql: String, words: String) async throws {
        try await Self.with(5) { log async throws in
            try Self.tamper(log, sql)
            let result = try await log.verify()
            #expect(result.findings.contains { $0.contains(words) }, "\(result.findings)")
        }
    }

    @Test func `a chain that was made anew as a whole is told by a head that was kept elsewhere`() async throws {
        try await Self.with(3) { log async throws in
            let known = try await log.head()
            try Self.tamper(log, "DELETE FROM entries")
            for _ in 0..<4 { try await log.append([["what": "nothing"]]) }
            #expect(try await log.verify().isWhole)
            #expect(try await log.verify(against: known).findings.count == 1)
        }
    }

    @Test func `rows cannot be changed by mistake, and a missing head is told`() async throws {
        try await Self.with(2) { log async throws in
            #expect(throws: (any Error).self) {
                try DatabaseQueue(path: log.path).write { try $0.execute(sql: "UPDATE entries SET body = '{}'") }
            }
            #expect(throws: (any Error).self) {
                try DatabaseQueue(path: log.path).write { try $0.execute(sql: "DELETE FROM entries") }
            }
            try FileManager.default.removeItem(atPath: log.headPath)
            #expect(try await log.verify().findings.first?.contains("audit.head is missing") == true)
        }
    }

    @Test func `two who add rows at the same time make one chain`() async throws {
        try await Self.with(0) { log async throws in
            let other = try AuditDatabase(path: log.path)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<20 {
                    let target = number % 2 == 0 ? log : other
                    tasks.addTask { _ = try await target.append([["n": .integer(number)], ["n": .integer(number)]]) }
                }
                try await tasks.waitForAll()
            }
            let result = try await log.verify()
            #expect(result.isWhole && result.rows == 40)
        }
    }
}
