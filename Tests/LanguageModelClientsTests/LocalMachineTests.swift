import Downloads
import FoundationEssentials
import TestSupport
import Testing

@testable import LanguageModelClients

@Suite struct LocalMachineTests {
    private static func header(_ change: (inout TinyGGUF) -> Void = { _ in }) async throws -> GGUFHeader {
        try await withTemporaryDirectory { folder async throws in
            var file = TinyGGUF()
            change(&file)
            try Data(file.bytes).write(to: URL(filePath: folder + "/tiny.gguf"))
            return try GGUFHeader(path: folder + "/tiny.gguf")
        }
    }

    @Test(arguments: [
        (2, 0.0, 1), (2, 2.0, 1), (2, 40.0, 1), (1, 0.0, 1), (8, 0.2, 7), (8, 3.4, 5), (8, 9.0, 1), (64, 0.0, 16),
    ])
    func `Threads take idle processors, and leave one`(processors: Int, load: Double, threads: Int) {
        #expect(LocalMachine(processors: processors, load: load, freeMemory: nil).inferenceThreads == threads)
    }

    @Test func `A long context is cut to what memory allows, and too little memory is said`() async throws {
        let header = try await Self.header()
        let full = LocalMachine.memory(of: header, contextLength: 8192)
        func machine(_ memory: Int?) -> LocalMachine { LocalMachine(processors: 2, load: 0, freeMemory: memory) }
        #expect(try machine(nil).contextLength(for: header, of: "tiny") == 8192)
        #expect(try machine(full).contextLength(for: header, of: "tiny") == 8192)
        #expect(try machine(full - 1).contextLength(for: header, of: "tiny") == 4096)
        #expect(try machine(full).contextLength(for: header, of: "tiny", wish: 1000) == 1000)
        let error = #expect(throws: LocalRuntimeError.self) {
            try machine(1 << 20).contextLength(for: header, of: "tiny")
        }
        #expect(error?.message.hasPrefix("tiny needs about 109 MB of memory for a context of 2048 tokens") == true)
    }

    @Test func `What a hostile file claims overflows nothing`() async throws {
        let header = try await Self.header { file in
            for key in ["llama.block_count", "llama.attention.head_count", "llama.attention.head_count_kv"] {
                file.values.removeAll { $0.key == key }
                file.values.append((key, TinyGGUF.uint32(4096)))
            }
            file.values.append(("llama.attention.key_length", TinyGGUF.uint32(1 << 30)))
        }
        #expect(LocalMachine.memory(of: header, contextLength: 1 << 30) > 1 << 40)
    }

    @Test func `This machine is known`() {
        #expect(LocalMachine.current.processors > 0)
        #expect((LocalMachine.current.freeMemory ?? 1) > 0)
    }

    @Test func `A lease is shared, and excludes those who want it alone`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = folder + "/lease"
            #expect(!FileLease.isHeld(path) && !FileLease.isHeldShared(path))
            let first = try #require(try FileLease(path, shared: true))
            let second = try #require(try FileLease(path, shared: true))
            #expect(try FileLease(path, shared: false) == nil)
            #expect(FileLease.isHeldShared(path) && !FileLease.isHeld(path))
            #expect(FileLease.idleSeconds(path, now: Date().timeIntervalSince1970 + 60) > 50)
            withExtendedLifetime((first, second)) {}
        }
    }

    @Test func `A state that was half written or comes from elsewhere is none`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let server = LocalServerFolder(folder)
            for text in ["", "{\"phase\": \"rea", "[]", "{\"phase\": \"gone\"}"] {
                try Data(text.utf8).write(to: URL(filePath: folder + "/state.json"))
                try Data(text.utf8).write(to: URL(filePath: folder + "/plan.json"))
                #expect(server.state == nil && server.plan == nil)
            }
        }
    }
}
