import Base
import Storage
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What every source of context keeps to.
enum ContextSourceConformance {
    /// Checks a source.
    ///
    /// - Parameters:
    ///   - change: changes what the source reads.
    ///   - flood: makes it longer than its bound.
    ///   - clear: takes it all away.
    static func check(
        _ source: some ContextSource, change: () throws -> Void, flood: () throws -> Void, clear: () throws -> Void
    ) async throws {
        #expect(!source.name.isEmpty && source.limit > 0)
        let first = await source.text()
        #expect(first?.isEmpty == false)
        #expect(await source.text() == first, "the same where nothing changed")
        try change()
        let second = await source.text()
        #expect(second != nil && second != first, "what changed is read again")
        try flood()
        #expect((await source.text())?.utf8.count ?? 0 <= source.limit, "its bound")
        try clear()
        #expect(await source.text() == nil, "nothing, where there is nothing")
    }
}

@Suite struct ContextSourceTests {
    @Test func `comments of people conform`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/.neo/neo.db"
            try FileManager.default.createDirectory(atPath: folder + "/.neo", withIntermediateDirectories: false)
            let script = { (text: String) in
                try FileManager.default.copyItem(atPath: folder + "/" + text, toPath: path + ".new")
                for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
                try FileManager.default.moveItem(atPath: path + ".new", toPath: path)
            }
            // Databases that were made before, so that what the source reads can be changed without waiting.
            for (name, words) in [
                ("one", "Too vague."), ("two", "Clear now."), ("much", String(repeating: "é", count: 9000)),
            ] {
                let database = try NeoDatabase(path: folder + "/" + name)
                for _ in 0..<3 {
                    _ = try await database.comment(
                        on: CommentTarget(.requirements, "3"), quote: "```\nIt is fast.", text: words, author: "Ada",
                        at: Date(timeIntervalSince1970: 0))
                }
                try await database.foldLog()
            }
            try script("one")
            try await ContextSourceConformance.check(
                ReviewCommentsSource(workspace: folder), change: { try script("two") }, flood: { try script("much") },
                clear: { try FileManager.default.removeItem(atPath: path) })
        }
    }

    @Test func `of what an agent may not know, it hears no comment`() async throws {
        try await withTemporaryDirectory { folder in
            let database = try NeoDatabase(path: folder + "/.neo/neo.db")
            for id in ["seen", "held-out"] {
                _ = try await database.comment(
                    on: CommentTarget(.golden, id), quote: "Who knows \(id)?", text: "Wrong \(id).", author: "Ada",
                    at: Date(timeIntervalSince1970: 0))
            }
            let text = await ReviewCommentsSource(workspace: folder) { $0.id == "seen" }.text()
            #expect(text?.contains("Wrong seen.") == true && text?.contains("held-out") == false)
            #expect(text?.contains("words of a person") == true)
        }
    }

    @Test func `instruction files conform`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/AGENTS.md"
            func write(_ text: String) throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }
            try FileManager.default.createDirectory(atPath: folder + "/.git", withIntermediateDirectories: false)
            try write("Be brief.")
            try await ContextSourceConformance.check(
                InstructionFilesSource(folder: folder), change: { try write("Be long.") },
                flood: { try write(String(repeating: "é", count: 1 << 20)) },
                clear: { try FileManager.default.removeItem(atPath: path) })
        }
    }
}
