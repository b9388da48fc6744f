import Base
import Encoders
import Retrieval
import Synchronization
import Testing

@testable import RAG

@Suite struct NamedModelsTests {
    final class Loads: Sendable {
        let names = Mutex<[String]>([])
    }

    @Test func `a model is loaded when it is first asked for, and once`() async throws {
        let loads = Loads()
        let models = NamedModels(["a", "b"]) { name in
            loads.names.withLock { $0.append(name) }
            return name.uppercased()
        }
        #expect(loads.names.withLock { $0 }.isEmpty)
        #expect(try await models.model("b", parameter: "encoder") == "B")
        #expect(try await models.model("b", parameter: "encoder") == "B")
        #expect(loads.names.withLock { $0 } == ["b"])
        #expect(try await models.model(nil, parameter: "encoder") == "A")
        #expect(try await models.all() == ["A", "B"])
        #expect(loads.names.withLock { $0 } == ["b", "a"])
    }

    @Test func `a name that is none of the project's is said with those that are`() async throws {
        let models = NamedModels(["a", "b"]) { $0 }
        let error = await #expect(throws: RAGError.self) { try await models.model("c", parameter: "encoder") }
        #expect(error?.message.contains("encoder \"c\"") == true)
        #expect(error?.message.contains("a, b") == true)
        #expect(try await NamedModels<String>(nil).model(nil, parameter: "encoder") == nil)
    }

    @Test func `a model that could not be loaded is tried again`() async throws {
        let loads = Loads()
        let models = NamedModels(["a"]) { name in
            try loads.names.withLock {
                $0.append(name)
                if $0.count == 1 { throw CancellationError() }
            }
            return name
        }
        _ = try? await models.model("a", parameter: "encoder")
        #expect(try await models.model("a", parameter: "encoder") == "a")
    }

    @Test func `prefixes stand in front of what is sent to a server, and in its identity`() async throws {
        struct Lengths: TextEncoder {
            let identity = "lengths"
            let dimension = 1
            func encode(_ texts: [String]) async throws -> Matrix {
                Matrix(columns: 1, values: texts.map { Float($0.utf8.count) })
            }
        }
        let encoder = PrefixedEncoder(Lengths(), prefixes: TextPrefixes(query: "q: ", passage: "p"))
        #expect(try await encoder.encode(["abc"]).values == [4])
        #expect(try await encoder.encodeQueries(["abc"]).values == [6])
        #expect(encoder.identity == "lengths+prefixes=[\"q: \",\"p\"]")
    }
}
