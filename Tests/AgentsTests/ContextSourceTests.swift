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
