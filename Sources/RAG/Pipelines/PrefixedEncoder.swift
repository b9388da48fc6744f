package import Encoders
package import Retrieval

/// An encoder that somebody serves, with texts in front of questions and passages that its model wants and its server
/// does not add.
package struct PrefixedEncoder: TextEncoder {
    private let encoder: any TextEncoder
    private let prefixes: TextPrefixes

    package init(_ encoder: any TextEncoder, prefixes: TextPrefixes) {
        self.encoder = encoder
        self.prefixes = prefixes
    }

    package var identity: String { encoder.identity + prefixes.suffix }
    package var dimension: Int { encoder.dimension }
    package var isServed: Bool { encoder.isServed }

    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix {
        try await encoder.encode(texts.map { prefixes.passage + $0 })
    }

    @concurrent
    package func encodeQueries(_ texts: [String]) async throws -> Matrix {
        try await encoder.encodeQueries(texts.map { prefixes.query + $0 })
    }

    @concurrent
    package func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix> {
        try await encoder.encodeQueriesCounting(texts.map { prefixes.query + $0 })
    }
}
