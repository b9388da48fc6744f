import Base
import RAG
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A project with documents of which templates make questions.
struct GoldenFixture {
    let project: Project

    static let ada = GoldenProposal.Source(name: "ada", way: .terminal)
    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    static let locks = """
        # Locks

        ## Mutex

        A mutex is a lock that only one thread holds at a time.
        If the mutex is held by another thread, the caller waits until it is given back.
        Unlike a mutex, a semaphore admits several threads at once.

        ## Configuring the LockTable

        To configure the LockTable, set `LockTable.size` before the first lock is taken.
        The LockTable has 64 slots and a spare one.
        The LockTable was introduced by Ada in 2019 for long queues.
        A LockTable is bounded because every slot costs memory.

        | option | default | description |
        |---|---|---|
        | LockTable.size | 64 | how many slots there are |
        | LockTable.wait | 2 s | how long a caller waits |
        """

    static let queues = """
        # Queues

        ## Queue

        A queue is a list of callers that wait for their turn.
        Use `Queue.drain()` to empty the waiting queue of callers.
        The price of a queue is paid by its callers.
        """

    static func with<Result>(
        golden: String? = nil, _ body: (GoldenFixture) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { folder async throws in
            let fixture = GoldenFixture(folder)
            try fixture.write("docs/locks.md", locks)
            try fixture.write("docs/queues.md", queues)
            try fixture.write("neo.yaml", "documents: [docs/*.md]\nencoder: none\n")
            if let golden { try fixture.write("golden.jsonl", golden) }
            return try await body(GoldenFixture(folder))
        }
    }

    private let folder: String

    private init(_ folder: String) {
        self.folder = folder
        let path = folder + "/neo.yaml"
        if !FileManager.default.fileExists(atPath: path) {
            try? Data("documents: [docs/*.md]\n".utf8).write(to: URL(filePath: path))
        }
        do { project = try Project(opening: folder) } catch { fatalError("\(error)") }
    }

    func write(_ name: String, _ text: String) throws {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder + "/" + name) }

    func read(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

    var proposals: GoldenProposals { GoldenProposals(project) }

    @discardableResult
    func propose(_ count: Int = 12, seed: UInt64 = 1) async throws -> [GoldenProposal] {
        try await GoldenProposing.propose(project, count: count, seed: seed).proposals
    }

    func golden() throws -> [GoldenQuestion] {
        try GoldenSet(path: project.path("golden.jsonl"), diagnostics: DiagnosticCollector()).questions
    }
}
