import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Storage

@Suite struct WarmStartTableTests {
    @Test func `what a search began with is kept once, and searches of before began with nothing`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/neo.db"
            let (old, new) = (ContentHash(of: "old"), ContentHash(of: "new"))
            try NeoDatabase.makeOld(
                path: path, through: "8 answers",
                rows:
                    "INSERT INTO studies (id, definition, created) VALUES ('\(old.hex)', '{}', '2026-11-20T00:00:00Z')")
            let database = try NeoDatabase(path: path)
            #expect(try await database.warmStart(of: old) == ["order": [], "records": 0, "seeds": []])
            #expect(try await database.warmStart(of: new) == nil)
            try await database.keepWarmStart(["seeds": [1]], of: new, at: Date())
            try await database.keepWarmStart(["seeds": [2]], of: new, at: Date())
            #expect(try await database.warmStart(of: new) == ["seeds": [1]])
        }
    }
}
