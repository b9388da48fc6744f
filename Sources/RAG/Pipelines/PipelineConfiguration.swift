package import AutoML
internal import Base

/// A retrieval pipeline, as typed values: what a point of the search space means.
package struct PipelineConfiguration: Sendable, Hashable {
    /// How documents are cut.
    package enum Chunking: Sendable, Hashable {
        /// Windows of tokens, `overlap` of which are shared with the window before.
        case tokens(size: Int, overlap: Int)
        /// Headings, then whole blocks, up to so many tokens.
        case structure(maximumTokens: Int)
    }

    /// The lexical half: BM25 and what it counts as a term.
    package struct Lexical: Sendable, Hashable {
        package var k1: Double
        package var b: Double
        package var stemming: Bool
        package var stopWords: Bool
    }

    /// Which halves are asked, and how their lists become one.
    package enum Retrieval: Sendable, Hashable {
        case lexical(Lexical)
        case dense
        /// Reciprocal rank fusion; `denseWeight` against 1 − `denseWeight`.
        case hybrid(Lexical, rankConstant: Double, denseWeight: Double)
    }

    package var chunking: Chunking
    /// Whether title and headings are indexed in front of each chunk's own text.
    package var contextualHeader: Bool
    package var retrieval: Retrieval

    /// Reads a point of the search space.
    ///
    /// - Throws: `RAGError` where a value is missing or of the wrong type; the sentence names the parameter.
    package init(_ configuration: Configuration) throws(RAGError) {
        let reader = ConfigurationReader(configuration)
        let size = try reader.integer("chunk.size", in: 8...100_000)
        switch try reader.string("chunker") {
        case "tokens":
            let overlap = try reader.integer("chunk.overlap", in: 0...(size - 1), default: 0)
            chunking = .tokens(size: size, overlap: overlap)
        case "structure": chunking = .structure(maximumTokens: size)
        case let other: throw reader.unknown(other, of: "chunker", known: ["structure", "tokens"])
        }
        contextualHeader = try reader.bool("chunk.header", default: false)
        switch try reader.string("retriever") {
        case "bm25": retrieval = .lexical(try Lexical(reader))
        case "dense": retrieval = .dense
        case "hybrid":
            retrieval = .hybrid(
                try Lexical(reader),
                rankConstant: try reader.number("fusion.k", in: 0...10_000, default: 60),
                denseWeight: try reader.number("fusion.dense_weight", in: 0...1, default: 0.5)
            )
        case let other: throw reader.unknown(other, of: "retriever", known: ["bm25", "dense", "hybrid"])
        }
    }

    /// Whether the pipeline needs a text encoder.
    package var needsEncoder: Bool {
        if case .lexical = retrieval { false } else { true }
    }
}

extension PipelineConfiguration.Lexical {
    fileprivate init(_ reader: ConfigurationReader) throws(RAGError) {
        k1 = try reader.number("bm25.k1", in: 0...100, default: 1.2)
        b = try reader.number("bm25.b", in: 0...1, default: 0.75)
        stemming = try reader.bool("bm25.stemming", default: true)
        stopWords = try reader.bool("bm25.stop_words", default: true)
    }
}

/// Reads typed values out of a configuration, with a sentence for each thing that can be wrong.
private struct ConfigurationReader {
    let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func string(_ name: String) throws(RAGError) -> String {
        guard let value = configuration[name] else { throw missing(name) }
        guard let text = value.string else { throw wrong(name, value, "a word") }
        return text
    }

    func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int? = nil) throws(RAGError) -> Int {
        guard let value = configuration[name] else {
            if let fallback { return fallback }
            throw missing(name)
        }
        guard let number = value.integer, range.contains(number) else {
            throw wrong(name, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func number(_ name: String, in range: ClosedRange<Double>, default fallback: Double) throws(RAGError) -> Double {
        guard let value = configuration[name] else { return fallback }
        guard let number = value.number, range.contains(number) else {
            throw wrong(name, value, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func bool(_ name: String, default fallback: Bool) throws(RAGError) -> Bool {
        guard let value = configuration[name] else { return fallback }
        guard let flag = value.bool else { throw wrong(name, value, "true or false") }
        return flag
    }

    func unknown(_ value: String, of name: String, known: [String]) -> RAGError {
        let hint = nearest(to: value, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
        return RAGError(
            code: .invalidConfiguration,
            message:
                "The configuration's \(name) \"\(value)\" is not known; it can be \(known.joined(separator: ", ")).\(hint)"
        )
    }

    private func missing(_ name: String) -> RAGError {
        RAGError(code: .invalidConfiguration, message: "The configuration lacks \(name).")
    }

    private func wrong(_ name: String, _ value: JSONValue, _ wanted: String) -> RAGError {
        RAGError(
            code: .invalidConfiguration,
            message: "The configuration's \(name) is \(value.canonicalText), but must be \(wanted)."
        )
    }
}
