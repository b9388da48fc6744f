import Base
import Engineer
import FoundationEssentials
import RAG
import Retrieval
import Storage
import Synchronization
import Testing

@testable import Server

/// A release as each group sees it.
@Suite(.timeLimit(.minutes(3))) struct ReleaseViewsTests {
    private static let bm25: [String: JSONValue] = ["retriever": "bm25"]
    static let configurations: [[String: JSONValue]] = [
        bm25, ["retriever": "hybrid"], ["retriever": "hybrid", "reranker": "cross-encoder", "context.neighbours": 1],
    ]

    /// The names of what members of groups find.
    private static func names(_ service: any QueryService, _ groups: Set<AccessGroup>?) async throws -> Set<String> {
        Set(
            try await service.retrieve(Query("salary tea moka water wages", limit: 50, groups: groups))
                .map(\.document.rawValue))
    }

    private static func served(_ project: AccessProject, _ number: Int = 1) async throws -> any QueryService {
        let opened = try Project(opening: project.folder)
        return try await ProjectViews.open(
            try ReleaseFolder(number, of: opened), of: opened, ports: AccessProject.ports())
    }

    @Test("No byte of a served release's answer depends on what is hidden", arguments: configurations)
    func invisible(values: [String: JSONValue]) async throws {
        // A vector that depended on what else was encoded would tell of it.
        let ports = AccessProject.ports(AccessProject.Encoder(dependsOnOthers: true))
        for groups in [[.everyone], [.everyone, try #require(AccessGroup("board"))]] as [Set<AccessGroup>] {
            func replies(hidden: Bool, byItself: Bool) async throws -> [String] {
                try await AccessProject.with(hidden: hidden) { project async throws in
                    let folder = try await project.release(values, ports: ports)
                    let views = try await ProjectViews.open(
                        folder, of: byItself ? nil : try Project(opening: project.folder), ports: ports)
                    return try await AccessViewsTests.replies(ReleaseSwitch(number: 1, service: views), groups)
                }
            }
            let with = try await replies(hidden: true, byItself: false)
            let without = try await replies(hidden: false, byItself: false)
            for (left, right) in zip(with, without) { #expect(left == right) }
            #expect(with.count == without.count)
            #expect(try await replies(hidden: true, byItself: true) == without)
            for secret in ["5000 coins", "salaries.md", "\"study\"", "\"manifest\"", "copies"] {
                #expect(!with.contains { $0.contains(secret) }, "\(secret)")
            }
            #expect(with.contains { $0.contains("second tea house") } == (groups.count == 2))
            #expect(with.contains { $0.contains("\"release\":1") })
        }
    }

    @Test func `members of a group see its documents, and of equal files the one that they may see`() async throws {
        let hr = try #require(AccessGroup("hr"))
        try await AccessProject.with(hidden: true) { project async throws in
            try await project.release(Self.bm25)
            let views = try await Self.served(project)
            let seen = try await Self.names(views, [hr])
            #expect(seen.isSuperset(of: ["hr/salaries.md", "own.md", "coffee.md", "a/tea.md"]), "\(seen)")
            #expect(!seen.contains("tea.md") && !seen.contains("odd.md"), "\(seen)")
            let everyone = try await Self.names(views, [.everyone])
            #expect(everyone == ["tea.md", "coffee.md", "water.md", "pay.md"])
            #expect(try await Self.names(views, []) == everyone)
            #expect(try await Self.names(views, nil).contains("odd.md"))
        }
    }

    @Test func `a right that is taken away ends at once, without a new release`() async throws {
        try await AccessProject.with(hidden: true) { project async throws in
            try await project.release(Self.bm25)
            let running = try await Self.served(project)
            let all: Set = ["tea.md", "coffee.md", "water.md", "pay.md"]
            #expect(try await Self.names(running, [.everyone]) == all)
            let closed = AccessProject.yaml.replacing(
                "    - match: \"docs/*.md\"",
                with: "    - match: pay.md\n      groups: [hr]\n    - match: \"docs/*.md\"")
            try project.write("neo.yaml", closed)
            for views in [running, try await Self.served(project)] {
                #expect(try await Self.names(views, [.everyone]) == ["tea.md", "coffee.md", "water.md"])
                #expect(try await Self.names(views, [try #require(AccessGroup("hr"))]).contains("pay.md"))
            }
            // Half of a file opens nothing, and closes nothing.
            for text in ["", "name: [", "access: 7", "name: house\n"] {
                try project.write("neo.yaml", text)
                #expect(try await Self.names(running, [.everyone]) == ["tea.md", "coffee.md", "water.md"])
            }
            // What is given is seen at once, too.
            try project.write("neo.yaml", AccessProject.yaml)
            #expect(try await Self.names(running, [.everyone]) == all)
            // Without any rules in neo.yaml those of the release go on.
            let open = try #require(AccessProject.yaml.components(separatedBy: "access:").first)
            try project.write("neo.yaml", open)
            #expect(try await Self.names(try await Self.served(project), [.everyone]) == all)
        }
    }

    @Test func `a release from before there were rules is neither served nor promoted`() async throws {
        let open = try #require(AccessProject.yaml.components(separatedBy: "access:").first)
        try await AccessProject.with(hidden: true, yaml: open) { project async throws in
            let old = try await project.release(Self.bm25)
            #expect(old.manifest.format == "neo.release/1")
            #expect(try await Self.names(try await Self.served(project), [.everyone]).contains("hr/salaries.md"))
            try project.write("neo.yaml", AccessProject.yaml)
            let refused = await #expect(throws: EngineerError.self) { _ = try await Self.served(project) }
            #expect(
                refused?.message.contains("release 1 was made before it did") == true, "\(String(describing: refused))")
            let opened = try Project(opening: project.folder)
            let promoted = await #expect(throws: EngineerError.self) {
                _ = try await ReleasePromotion(opened, ports: AccessProject.ports()).promote(
                    ReleasePromotion.Request(release: 1, who: "Ada"))
            }
            #expect(promoted?.message.contains("neo release build") == true)
            // By itself it goes on as it was made.
            let alone = try await ProjectViews.open(old, ports: AccessProject.ports())
            #expect(try await Self.names(alone, [.everyone]).contains("hr/salaries.md"))
            let new = try await project.release(Self.bm25)
            #expect(new.manifest.format == "neo.release/2")
            #expect(
                try await Self.names(try await Self.served(project, 2), [.everyone])
                    == ["tea.md", "coffee.md", "water.md", "pay.md"])
        }
    }

    @Test func `a release with readers is not opened by what knows of none`() async throws {
        try await AccessProject.with(hidden: true) { project async throws in
            let folder = try await project.release(Self.bm25)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/code"))
            let error = await #expect(throws: RAGError.self) { _ = try await OpenRelease(folder: folder.path) }
            #expect(error?.message.contains("who sees which documents") == true)
        }
    }

    @Test func `a view takes its vectors from the release`() async throws {
        try await AccessProject.with(hidden: true) { project async throws in
            try await project.release(["retriever": "hybrid"])
            let texts = Mutex<[String]>([])
            let ports = AccessProject.ports(AccessProject.Encoder { text in texts.withLock { $0.append(text) } })
            // Nothing is kept on this machine.
            try FileManager.default.removeItem(atPath: project.folder + "/.neo/cache")
            let opened = try Project(opening: project.folder)
            let views = try await ProjectViews.open(
                try ReleaseFolder(1, of: opened), of: opened, ports: ports,
                preparing: [[.everyone], [try #require(AccessGroup("hr"))]])
            #expect(texts.withLock { $0 } == [])
            _ = try await views.retrieve(Query("green tea", groups: [.everyone]))
            #expect(texts.withLock { $0 } == ["green tea"])
        }
    }

    @Test func `while releases change over, nobody sees what is hidden, and no request fails`() async throws {
        try await AccessProject.with(hidden: true) { project async throws in
            try await project.release(Self.bm25)
            try project.write("docs/new.md", "# New\n\nOolong tea wants three minutes.\n")
            try await project.release(Self.bm25)
            let releases = ReleaseSwitch(number: 1, service: try await Self.served(project))
            let books = Mutex(LiveReleases(live: 1))
            let (sentences, said) = AsyncStream.makeStream(of: String.self)
            let supervisor = ReleaseSupervisor(
                releases, books: { books.withLock { $0 } }, load: { try await Self.served(project, $0) },
                rollBack: { _, because, _ in Issue.record("\(because)") }, say: { said.yield($0) },
                pause: .milliseconds(5))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await supervisor.run() }
                tasks.addTask {
                    while !Task.isCancelled {
                        let seen = try await Self.names(releases, [.everyone])
                        #expect(seen.subtracting(["tea.md", "coffee.md", "water.md", "pay.md", "new.md"]) == [])
                        await Task.yield()
                    }
                }
                for stage in [ReleaseStage.shadow, .canary] {
                    books.withLock { $0 = LiveReleases(live: 1, candidate: 2, stage: stage) }
                    _ = await sentences.first { $0 == "Release 2 is tried: \(stage.rawValue)." }
                }
                books.withLock { $0 = LiveReleases(live: 2, previous: 1) }
                _ = await sentences.first { $0.hasPrefix("Release 2 answers now") }
                #expect(try await Self.names(releases, [.everyone]).contains("new.md"))
                #expect(try await releases.summary(for: [.everyone])["documents"] == 5)
                books.withLock { $0 = LiveReleases(live: 1) }
                _ = await sentences.first { $0.hasPrefix("Release 1 answers now") }
                #expect(try await releases.summary(for: [.everyone])["documents"] == 4)
                tasks.cancelAll()
                do { try await tasks.waitForAll() } catch is CancellationError {}
            }
        }
    }
}
