import AutoML
import Base
import TestSupport
import Testing

@testable import Storage

@Suite struct NeoDatabaseTests {
    @Test("Facts can be written, replaced and removed, and survive")
    func facts() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/deep/.neo/neo.db"
            let database = try NeoDatabase(path: path)
            #expect(try await database.fact("approved") == nil)
            try await database.setFact("approved", to: ["hash": "abc", "count": 3])
            try await database.setFact("approved", to: ["hash": "def"])
            try await database.setFact("other", to: .null)
            #expect(try await NeoDatabase(path: path).fact("approved") == ["hash": "def"])
            #expect(try await database.fact("other") == .null)
            try await database.setFact("approved", to: nil)
            #expect(try await database.fact("approved") == nil)
        }
    }

    @Test("Held-out measurements are kept by configuration and split, and openings are counted")
    func evaluations() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: "\(folder)/neo.db")
            let study = try await database.openStudy(definition: ["seed": 1], at: Dates.first).study
            let best = Configuration(["a": 1]).hash
            let plain = Configuration(["a": 2]).hash
            let measurements = [
                Measurement(item: "q1", metrics: ["ndcg": 0.25]), Measurement(item: "q2", metrics: [:], failure: "no"),
            ]
            for _ in 0..<2 {
                try await database.recordEvaluations(measurements, of: best, split: "held-out", study: study)
            }
            #expect(try await database.evaluations(of: best, split: "held-out", study: study) == measurements)
            #expect(try await database.evaluations(of: plain, split: "held-out", study: study).isEmpty)
            #expect(try await database.evaluations(of: best, split: "search", study: study).isEmpty)

            #expect(try await database.openings(of: "held-out", study: study) == 0)
            #expect(try await database.recordOpening(of: "held-out", study: study, at: Dates.first) == 1)
            #expect(try await database.recordOpening(of: "held-out", study: study, at: Dates.first) == 2)
            #expect(try await database.openings(of: "held-out", study: study) == 2)
            #expect(try await database.openings(of: "other", study: study) == 0)
        }
    }

    @Test("Answers of other systems are kept by system and question, and the first counts")
    func externalReplies() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/neo.db"
            let database = try NeoDatabase(path: path)
            let (present, other) = (ContentHash(of: "present"), ContentHash(of: "other"))
            let (why, how) = (ContentHash(of: "Why?"), ContentHash(of: "How?"))
            let first = StoredReply(reply: ["passages": [["text": "a \u{0} b"]]], milliseconds: 12.5)
            try await database.recordReply(first, of: present, to: why)
            try await database.recordReply(StoredReply(reply: [:], milliseconds: 1), of: present, to: why)
            #expect(try await NeoDatabase(path: path).reply(of: present, to: why) == first)
            #expect(try await database.reply(of: present, to: how) == nil)
            #expect(try await database.reply(of: other, to: why) == nil)
        }
    }

    @Test("What belongs to no study is refused")
    func foreignKeys() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: "\(folder)/neo.db")
            let error = await #expect(throws: StorageError.self) {
                try await database.recordOpening(of: "held-out", study: ContentHash(of: "none"), at: Dates.first)
            }
            #expect(error?.code == .database)
        }
    }

    @Test("A file that is no database is refused with a sentence that names it, and is left as it is")
    func garbage() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/neo.db"
            let garbage = Array("This is a shopping list, not a database. ".utf8) + Array(repeating: 7, count: 5000)
            try put(garbage, into: path)
            let error = #expect(throws: StorageError.self) { try NeoDatabase(path: path) }
            #expect(error?.code == .corruptDatabase)
            #expect(error?.message.contains("\(path) is not a database") == true)
            #expect(try bytes(of: path) == garbage)
        }
    }

    @Test("A damaged page is reported with a sentence")
    func damagedPage() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/neo.db"
            do {
                let database = try NeoDatabase(path: path)
                for number in 0..<300 {
                    try await database.setFact("key \(number)", to: .string(String(repeating: "x", count: 500)))
                }
                try await database.checkpoint()
            }
            var content = try bytes(of: path)
            #expect(content.count > 100_000)
            for position in 50_000..<content.count {
                content[position] = 0xA5
            }
            try put(content, into: path)
            for suffix in ["-wal", "-shm"] {
                remove(path + suffix)
            }
            let error = await #expect(throws: StorageError.self) {
                let database = try NeoDatabase(path: path)
                for number in 0..<300 {
                    _ = try await database.fact("key \(number)")
                }
            }
            #expect(error?.code == .corruptDatabase)
        }
    }

    @Test("A full disk is reported with a sentence, and what was written before is safe")
    func diskFull() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/neo.db"
            let database = try NeoDatabase(path: path)
            let journal = try await database.openStudy(definition: ["seed": 1], at: Dates.first)
            try await journal.begin(Trial(number: 0, configuration: Configuration(["a": 1]), origin: "default"))
            try await database.limitPages(to: 80)
            var written = 0
            let error = await #expect(throws: StorageError.self) {
                while true {
                    let block = (0..<50).map {
                        Measurement(
                            item: "block \(written) question \($0)", metrics: ["ndcg@10": 0.5, "recall@10": 0.25])
                    }
                    try await journal.record(block, ofTrial: 0)
                    written += 50
                }
            }
            #expect(error?.code == .diskFull)
            #expect(error?.message.contains("The disk is full") == true)
            #expect(written > 0)
            let reopened = try await NeoDatabase(path: path).openStudy(definition: ["seed": 1], at: Dates.first)
            #expect(try await reopened.measurements(ofTrial: 0).count == written)
        }
    }

    @Test("A database of a newer version is refused with a sentence")
    func newer() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/neo.db"
            try await NeoDatabase(path: path).pretendMigration("999 from the future")
            let error = #expect(throws: StorageError.self) { try NeoDatabase(path: path) }
            #expect(error?.code == .newerDatabase)
        }
    }

    @Test("A path that cannot be a file is refused with a sentence")
    func unreachable() async throws {
        try await withTemporaryDirectory { folder async throws in
            try put([1], into: "\(folder)/file")
            let error = #expect(throws: StorageError.self) { try NeoDatabase(path: "\(folder)/file/neo.db") }
            #expect(error?.code == .fileSystem)
            let directory = #expect(throws: StorageError.self) { try NeoDatabase(path: folder) }
            #expect(directory?.code == .fileSystem)
        }
    }

    @Test("Many openers of a new file all succeed")
    func concurrentOpening() async throws {
        try await withTemporaryDirectory { folder async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask { @concurrent in
                        try await NeoDatabase(path: "\(folder)/neo.db").setFact("\(number)", to: .integer(number))
                    }
                }
                try await group.waitForAll()
            }
            let database = try NeoDatabase(path: "\(folder)/neo.db")
            for number in 0..<8 {
                #expect(try await database.fact("\(number)") == .integer(number))
            }
        }
    }
}
