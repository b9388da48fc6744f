import Base
import Crypto
import FoundationEssentials
import TestSupport
import Testing

@testable import Downloads

/// Models of the Hub that the catalogue does not know.
@Suite struct HubRepositoryTests {
    private static let commit = String(repeating: "ab12", count: 10)
    private static let settings = Array(#"{"model_type": "bert", "hidden_size": 48}"#.utf8)

    /// Git's name of a content.
    private static func blob(_ bytes: [UInt8]) -> String {
        Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes)
            .map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    }

    private static func listing(weights: Bool = true, blob: String = blob(settings)) -> [UInt8] {
        var siblings: [JSONValue] = [
            ["rfilename": "config.json", "size": .integer(settings.count), "blobId": .string(blob)],
            ["rfilename": "README.md", "size": 10, "blobId": "00"],
            ["rfilename": "../../evil.json", "size": 10, "blobId": "00"],
            ["rfilename": "pytorch_model.bin", "size": 10, "lfs": ["sha256": "00", "size": 10]],
        ]
        if weights {
            let hash = ContentHash(of: Data(TestModel.weights)).hex
            siblings.append([
                "rfilename": "model.safetensors", "size": .integer(TestModel.weights.count), "blobId": "00",
                "lfs": ["sha256": .string(hash), "size": .integer(TestModel.weights.count), "pointerSize": 130],
            ])
        }
        let json: JSONValue = [
            "sha": .string(commit), "siblings": .array(siblings), "cardData": ["license": "mit"],
        ]
        return Array(json.canonicalText.utf8)
    }

    private static func hub(
        listing: [UInt8] = listing(), weights: LoopbackHub.Reply = .content(TestModel.weights)
    ) -> LoopbackHub {
        LoopbackHub { request, earlier in
            switch request.path {
            case "/api/models/owner/tiny/revision/main", "/api/models/owner/tiny/revision/v2": .whole(listing)
            case "/owner/tiny/resolve/\(commit)/config.json": .whole(settings)
            case "/owner/tiny/resolve/\(commit)/model.safetensors":
                earlier == 0 ? weights : .content(TestModel.weights)
            default: .status(404)
            }
        }
    }

    @Test func `A repository is fetched at the commit that the Hub names, and known from then on`() async throws {
        try await withTemporaryRoot { root in
            let hub = Self.hub()
            try await hub.run { endpoint in
                let store = ModelStore.test(root: root, endpoint: endpoint)
                let folder = try await store.pull("owner/tiny")
                #expect(folder == "\(root)/owner--tiny/\(Self.commit)")
                let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
                #expect(names == ["config.json", "model.safetensors"])
                let entry = try store.catalogue.entry("owner/tiny")
                #expect(entry.licence == "mit")
                #expect(entry.dimension == 48)
                #expect(entry.identity == "owner/tiny@\(ContentHash(of: Data(TestModel.weights)).short)")
                #expect(try store.folder(of: "owner/tiny") == folder)
                #expect(try await store.verify("owner/tiny").isEmpty)
                // What is there needs no Hub.
                let requests = hub.requests.count
                #expect(try await store.pull("owner/tiny") == folder)
                #expect(try await store.pull("owner/tiny@ab12") == folder)
                #expect(hub.requests.count == requests)
                _ = try await store.pull("owner/tiny@v2")
                #expect(hub.requests.last?.path.hasSuffix("config.json") == true)
                try await store.remove("owner/tiny")
                #expect(!store.catalogue.entries.contains { $0.name == "owner/tiny" })
            }
        }
    }

    @Test func `A pull that broke off goes on where it stopped`() async throws {
        try await withTemporaryRoot { root in
            let hub = Self.hub(weights: .status(404))
            try await hub.run { endpoint in
                let store = ModelStore.test(root: root, endpoint: endpoint)
                await #expect(throws: DownloadsError.self) { _ = try await store.pull("owner/tiny") }
                let error = #expect(throws: DownloadsError.self) { _ = try store.folder(of: "owner/tiny") }
                #expect(error?.message.contains("neo models pull owner/tiny") == true)
                let before = hub.requests.count
                _ = try await store.pull("owner/tiny")
                let later = hub.requests.dropFirst(before).map(\.path)
                #expect(later == ["/owner/tiny/resolve/\(Self.commit)/model.safetensors"])
            }
        }
    }

    @Test(arguments: [
        (listing(weights: false), "no model.safetensors"), (listing(blob: "00"), "not what the Hub's listing promises"),
        (Array("<html>".utf8), "did not answer with JSON"), (Array("{}".utf8), "names no commit"),
    ])
    func `What cannot be checked is refused`(listing: [UInt8], sentence: String) async throws {
        try await withTemporaryRoot { root in
            try await Self.hub(listing: listing).run { endpoint in
                let store = ModelStore.test(root: root, endpoint: endpoint)
                let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull("owner/tiny") }
                #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
                #expect(!store.catalogue.entries.contains { $0.name == "owner/tiny" })
            }
        }
    }

    @Test func `A model that cannot be used is refused before its weights are fetched`() async throws {
        try await withTemporaryRoot { root in
            let hub = Self.hub()
            try await hub.run { endpoint in
                let store = ModelStore(
                    root: root, catalogue: ModelCatalogue(entries: []), hub: HubClient(endpoint: endpoint),
                    check: { _ in throw DownloadsError(.unknownModel, "It speaks in tongues.") })
                let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull("owner/tiny") }
                #expect(error?.message == "owner/tiny cannot be used: It speaks in tongues.")
            }
            #expect(!hub.requests.contains { $0.path.hasSuffix("safetensors") })
        }
    }

    @Test func `A GGUF file of a repository is a model by itself`() async throws {
        let file = TinyGGUF().bytes
        let hash = ContentHash(of: Data(file)).hex
        let listing: JSONValue = [
            "sha": .string(Self.commit),
            "siblings": [
                ["rfilename": "q4.gguf", "size": .integer(file.count), "lfs": ["sha256": .string(hash)]],
                ["rfilename": "q8.gguf", "size": 9, "lfs": ["sha256": .string(hash)]],
            ],
        ]
        let hub = LoopbackHub { request, _ in
            switch request.path {
            case "/api/models/owner/w/revision/main": .whole(Array(listing.canonicalText.utf8))
            case "/owner/w/resolve/\(Self.commit)/q4.gguf": .content(file)
            default: .status(404)
            }
        }
        try await withTemporaryRoot { root in
            try await hub.run { endpoint in
                let store = ModelStore.test(root: root, endpoint: endpoint)
                let folder = try await store.pull("owner/w:q4.gguf")
                #expect(folder == "\(root)/owner--w--q4.gguf/\(Self.commit)")
                #expect(store.list().last?.header?.summary == "llama, 0 M parameters, Q4_1, 8192 tokens")
                let requests = hub.requests.count
                #expect(try await store.pull("owner/w:q4.gguf") == folder)
                #expect(hub.requests.count == requests)
                for name in ["owner/w:q5.gguf", "owner/w"] {
                    let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull(name) }
                    #expect(error?.message.contains("q4.gguf, q8.gguf") == true, "\(error?.message ?? "")")
                }
            }
        }
    }

    @Test func `A token goes to the listing and the files`() async throws {
        try await withTemporaryRoot { root in
            let hub = Self.hub()
            try await hub.run { endpoint in
                _ = try await ModelStore.test(root: root, endpoint: endpoint, token: "hf_x").pull("owner/tiny")
            }
            #expect(hub.requests.allSatisfy { $0.authorization == "Bearer hf_x" })
        }
    }

    @Test(arguments: [
        "owner", "../tiny", "owner/..", "a/b/c", "a/b@../c", "a/b@", "/b", "a/", "a b/c", "-a/b", "a/b@c/d",
        "a/b:", "a/b:c", "a/b:../c.gguf", "a/b:c/d.gguf", "a:c.gguf", "a/b:c.gguf:d.gguf",
    ])
    func `What could mean another place is no repository`(text: String) {
        #expect(HubRepository(text) == nil)
    }

    @Test func `Git's name of a content is what git computes`() {
        // printf 'hello\n' | git hash-object --stdin
        let file = HubListing.File(path: "a", size: 6, blob: "ce013625030ba8dba906f756967f9e9ca394464a")
        #expect(file.isRight(Array("hello\n".utf8)))
        #expect(!file.isRight(Array("hellO\n".utf8)))
    }
}
