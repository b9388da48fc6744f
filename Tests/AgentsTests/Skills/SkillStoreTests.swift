import Base
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Changes of installed skills that were cut off at any place: the next one goes on.
@Suite struct SkillStoreTests {
    /// A project in which the first version of a skill is installed, and where its second one comes from.
    private static func withInstalled(
        _ body: (_ store: SkillStore, _ folder: String, _ second: SkillSource) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            let store = SkillStore(places, .project)
            for (number, text) in ["First.", "Second."].enumerated() {
                try SkillSamples.write(
                    ["\(number)/tea/SKILL.md": SkillSamples.text("tea", body: text)], below: folder)
            }
            _ = try await store.add(Self.source(folder + "/0/tea"))
            try await body(store, folder, Self.source(folder + "/1/tea"))
        }
    }

    private static func source(_ folder: String) -> SkillSource {
        SkillSource(folder, path: nil) { throw AgentsError(.usage, "A folder needs no walls.") }
    }

    private static func body(_ store: SkillStore) throws -> String {
        try String(contentsOfFile: store.lock.folder(of: "tea") + "/SKILL.md", encoding: .utf8)
    }

    private static func parts(_ store: SkillStore) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.root).filter { $0.hasPrefix("skills-part-") }
    }

    @Test func `what stood aside when a change was cut off comes back`() async throws {
        try await Self.withInstalled { store, folder, second in
            try store.putAside("tea", in: store.temporaryFolder())
            // Another skill's change mends it.
            try SkillSamples.write(["2/coffee/SKILL.md": SkillSamples.text("coffee")], below: folder)
            _ = try await store.add(Self.source(folder + "/2/coffee"))
            #expect(try Self.body(store).contains("First."))
            #expect(try Self.parts(store).isEmpty)
            #expect(try await store.add(second).did == .replaced)
            #expect(try Self.body(store).contains("Second."))
        }
    }

    @Test func `a version that took its place before the lock was written is no edit by hand`() async throws {
        try await Self.withInstalled { store, _, second in
            let before = try String(contentsOfFile: store.lock.path, encoding: .utf8)
            _ = try await store.add(second)
            try before.write(toFile: store.lock.path, atomically: true, encoding: .utf8)
            let again = try await store.add(second)
            #expect(again.did == .replaced)
            #expect(try store.lock.entries()["tea"]?.versions.count == 2)
        }
    }

    @Test func `a version that was kept in part is kept anew`() async throws {
        try await Self.withInstalled { store, _, second in
            let hash = try await store.add(second).hash
            let kept = "\(store.root)/skills-history/\(hash.hex)/SKILL.md"
            try "Sec".write(toFile: kept, atomically: true, encoding: .utf8)
            #expect(store.lock.content(hash) == nil)
            try await store.remove("tea")
            _ = try await store.add(second)
            #expect(store.lock.content(hash) != nil)
        }
    }

    @Test func `an edit by hand is kept, also behind a change that was cut off`() async throws {
        try await Self.withInstalled { store, _, second in
            try store.putAside("tea", in: store.temporaryFolder())
            try SkillSamples.write(
                ["tea/SKILL.md": SkillSamples.text("tea", body: "By hand.")], below: store.root + "/skills")
            await #expect(throws: AgentsError.self) { try await store.add(second) }
            #expect(try Self.body(store).contains("By hand."))
        }
    }
}
