import AutoML
import Base
import Testing

@testable import RAG

@Suite struct GenerationSpaceTests {
    @Test func `quotes come first, and need no other parameter`() throws {
        let space = try SearchSpace(GenerationSpace.parameters(models: ["m"]))
        #expect(space.default.values == ["generator": "quotes"])
        #expect(try GenerationOptions(space.default) == nil)
        #expect(try GenerationOptions(Configuration()) == nil)
    }

    @Test func `every usual value can be read`() throws {
        let parameters = try GenerationSpace.parameters(models: ["m"])
        for parameter in parameters where parameter.name != "generator" {
            guard case .categorical(let values) = parameter.domain else { continue }
            for value in values {
                #expect(try GenerationOptions(Configuration(["generator": "m", parameter.name: value])) != nil)
            }
        }
        #expect(Set(parameters.map(\.name)).isSubset(of: GenerationSpace.names))
    }

    @Test(arguments: [
        ("prompt.template", "last", "it can be direct"), ("prompt.passages", "many", "a whole number"),
        ("generation.temperature", "hot", "a number from 0.0 to 2.0"), ("prompt.order", "best", "best-first"),
    ])
    func `a value that makes no sense gets a sentence`(name: String, value: String, words: String) {
        let error = #expect(throws: RAGError.self) {
            try GenerationSpace.parameters(models: ["m"], overriding: [name: [.string(value)]])
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
