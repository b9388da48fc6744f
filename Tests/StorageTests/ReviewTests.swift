import Base
import TestSupport
import Testing

@testable import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ReviewTests {
    private static let moment = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func `a comment is open until it is settled, and is settled once`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let target = CommentTarget(.golden, "it's \"q\"")
            let id = try await database.comment(
                on: target, quote: "What?", text: "Why?", author: "Ada", at: Self.moment)
            _ = try await database.comment(
                on: CommentTarget(.project), quote: "", text: "Well.", author: "Ada", at: Self.moment)
            #expect(try await database.comments(about: target).map(\.text) == ["Why?"])
            #expect(try await database.comments(isOpen: true).count == 2)
            #expect(try await database.resolveComment(id, at: Self.moment))
            #expect(try await database.resolveComment(id, at: Self.moment.addingTimeInterval(60)))
            #expect(try await !database.resolveComment(99, at: Self.moment))
            #expect(try await database.comments(isOpen: true).map(\.text) == ["Well."])
            #expect(try await database.comments(isOpen: false).map(\.resolved) == ["2023-11-14T22:13:20Z"])
        }
    }

    @Test func `an approval is of one content, and the first counts`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let hash = ContentHash(of: "text").hex
            for who in ["Ada", "Bob"] {
                try await database.approve(
                    ApprovalRecord(
                        document: "design.md", hash: hash, who: who, how: "browser", approved: "2026-01-01T00:00:00Z"),
                    text: "text")
            }
            #expect(try await database.approvals(of: "design.md").map(\.who) == ["Ada"])
            #expect(try await database.approvedText(hash) == "text")
            #expect(try await database.approvedText(ContentHash(of: "other").hex) == nil)
            #expect(try await database.approvals(of: "requirements.md").isEmpty)
        }
    }

    @Test func `the stamp changes with what another connection writes, and with what this one does`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let (mine, other) = (
                try NeoDatabase(path: folder + "/neo.db"), try NeoDatabase(path: folder + "/neo.db")
            )
            let first = try await mine.changeStamp()
            #expect(try await mine.changeStamp() == first)
            try await other.setFact("a", to: 1)
            let second = try await mine.changeStamp()
            #expect(second != first)
            try await mine.setFact("b", to: 2)
            #expect(try await mine.changeStamp() != second)
        }
    }

    @Test func `a lock that nobody holds has no holder`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = folder + "/search.lock"
            #expect(lockHolder(at: path) == nil)
            try await withExclusiveLock(at: path) { #expect(lockHolder(at: path) != nil) }
            #expect(lockHolder(at: path) == nil)
            try Data("999999999\n".utf8).write(to: URL(filePath: path))
            #expect(lockHolder(at: path) == nil, "a process that was killed left its number")
        }
    }
}
