import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// Files of a project that a failing disk, or somebody's hand, has changed.
@Suite struct DamageTests {
    enum Damage: CaseIterable {
        case flipped, cutOff, emptied, begunAnew
    }

    @Test(arguments: Damage.allCases)
    func `damaged cache entries are said, and computed again to equal results`(damage: Damage) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            let yaml = try neo.read("p/neo.yaml").replacing("encoder: none", with: "encoder: all-minilm-l6-v2")
            try neo.write("p/neo.yaml", yaml)
            try await neo.check("search", "p", "--trials", "4")
            let before = try neo.results(at: "p/results.json")

            let entries = try neo.files(below: "p/.neo/cache")
            #expect(entries.count >= 2)
            for entry in entries {
                var bytes = try Data(contentsOf: URL(filePath: entry))
                switch damage {
                case .flipped: bytes[bytes.count - 1] ^= 1
                case .cutOff: bytes = bytes.prefix(bytes.count / 2)
                case .emptied: bytes = Data()
                case .begunAnew: bytes[3] ^= 0xFF
                }
                try bytes.write(to: URL(filePath: entry))
            }
            // From scratch: without the journal, and with the cache.
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: "\(neo.folder)/p/.neo/neo.db\(suffix)")
            }
            let search = try await neo.check("search", "p", "--trials", "4")
            #expect(search.errorOutput.ranges(of: "This cache entry was damaged").count == entries.count)
            #expect(search.errorOutput.contains("/p/.neo/cache/"))
            let after = try neo.results(at: "p/results.json")
            #expect(after["trials"] == before["trials"])
            #expect(after["questions"] == before["questions"])
            #expect(after["verdict"] == before["verdict"])
            #expect(try await !neo.check("search", "p", "--trials", "5").errorOutput.contains("damaged"))
        }
    }

    @Test(arguments: [1000, 4096, 20_000])
    func `a database that was cut off is explained`(length: Int) async throws {
        try await expectExplained { $0.prefix(length) }
    }

    @Test(arguments: [
        // A page, and what SQLite has no way to notice: text that is no JSON any more, a word that is none of its own.
        ("", 4096), ("{\"bm25", 0), ("{\"evidence", 0), ("complete", 0),
    ])
    func `a database with damaged bytes is explained`(text: String, offset: Int) async throws {
        try await expectExplained { content in
            var content = content
            if text.isEmpty {
                content.replaceSubrange(offset..<offset + 2000, with: Data(repeating: 0xA5, count: 2000))
            }
            while !text.isEmpty, let found = content.firstRange(of: Data(text.utf8)) {
                content[found.lowerBound] = UInt8(ascii: "x")
            }
            return content
        }
    }

    @Test func `results that are damaged are explained, and the search writes them anew`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "2")
            let whole = try neo.results(at: "p/results.json")
            try neo.write("p/results.json", String(try neo.read("p/results.json").prefix(500)))
            for command in [["report", "p"], ["export", "csv", "p"]] {
                let result = try await neo.run(through: [], command)
                #expect(result.status == 1)
                #expect(result.errorOutput.contains("p/results.json cannot be read"), "\(result.errorOutput)")
                #expect(result.errorOutput.contains("Run `neo search` again"))
            }
            try await neo.check("search", "p", "--trials", "2")
            #expect(try neo.results(at: "p/results.json") == whole)
        }
    }

    /// Searches, changes the database, and expects the next search to say what to do: then it does do.
    private func expectExplained(_ change: (Data) -> Data) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "6")
            let undisturbed = try neo.results(at: "p/results.json")
            let path = "\(neo.folder)/p/.neo/neo.db"
            let content = try Data(contentsOf: URL(filePath: path))
            let changed = change(content)
            #expect(changed != content)
            try changed.write(to: URL(filePath: path))
            let search = try await neo.run("search", "p", "--trials", "6")
            #expect(search.status == 1)
            #expect(search.errorOutput.contains("\(path) is"), "\(search.errorOutput)")
            #expect(search.errorOutput.contains("ove it away, and Neo makes a new one"), "\(search.errorOutput)")
            try FileManager.default.moveItem(atPath: path, toPath: "\(neo.folder)/away.db")
            try await neo.check("search", "p", "--trials", "6")
            #expect(try neo.results(at: "p/results.json") == undisturbed)
        }
    }
}
