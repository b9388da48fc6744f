import Foundation
import TestSupport

@testable import Encoders

/// The encoder once more, in double precision and as plainly as the paper writes it.
extension TinyModel {
    /// The vector of a text's ids, the mean of its states.
    func reference(_ ids: [Int32]) -> [Double] {
        let states = states(TokenSequence(ids))
        let mean = (0..<hidden).map { column in states.map { $0[column] }.reduce(0, +) / Double(states.count) }
        return unit(mean)
    }

    /// The vector of a text's ids, the state of its first token.
    func referenceOfFirst(_ ids: [Int32]) -> [Double] { unit(states(TokenSequence(ids))[0]) }

    /// The logit of a pair of texts.
    func referenceLogit(_ pair: TokenSequence) -> Double {
        let pooled = linear(states(pair)[0], "pooler.dense").map { tanh($0) }
        return linear(pooled, "classifier")[0]
    }

    private func unit(_ vector: [Double]) -> [Double] {
        let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
        return vector.map { $0 / length }
    }

    private func states(_ sequence: TokenSequence) -> [[Double]] {
        var states = sequence.ids.enumerated().map { place, id in
            norm(
                add(
                    add(
                        row("embeddings.word_embeddings.weight", Int(id)),
                        row("embeddings.position_embeddings.weight", place)),
                    row("embeddings.token_type_embeddings.weight", place < sequence.second ? 0 : 1)
                ), "embeddings.LayerNorm"
            )
        }
        for layer in 0..<layers {
            let name = "encoder.layer.\(layer)."
            let attended = attention(states, name)
            states = zip(states, attended).map { state, attended in
                norm(add(state, linear(attended, "\(name)attention.output.dense")), "\(name)attention.output.LayerNorm")
            }
            states = states.map { state in
                let inner = linear(state, "\(name)intermediate.dense").map {
                    0.5 * $0 * (1 + erf($0 / 2.0.squareRoot()))
                }
                return norm(add(state, linear(inner, "\(name)output.dense")), "\(name)output.LayerNorm")
            }
        }
        return states
    }

    private func attention(_ states: [[Double]], _ name: String) -> [[Double]] {
        let width = hidden / heads
        let query = states.map { linear($0, "\(name)attention.self.query") }
        let key = states.map { linear($0, "\(name)attention.self.key") }
        let value = states.map { linear($0, "\(name)attention.self.value") }
        return query.map { query in
            (0..<heads).flatMap { head -> [Double] in
                let columns = head * width..<(head + 1) * width
                let weights = key.map { key in
                    exp(columns.map { query[$0] * key[$0] }.reduce(0, +) / Double(width).squareRoot())
                }
                let total = weights.reduce(0, +)
                return columns.map { column in
                    zip(weights, value).map { $0 / total * $1[column] }.reduce(0, +)
                }
            }
        }
    }

    private func linear(_ input: [Double], _ name: String) -> [Double] {
        let bias = weights["\(name).bias"]?.values ?? []
        return bias.indices.map { output in
            zip(row("\(name).weight", output), input).map(*).reduce(Double(bias[output]), +)
        }
    }

    private func norm(_ input: [Double], _ name: String) -> [Double] {
        let mean = input.reduce(0, +) / Double(input.count)
        let variance = input.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(input.count)
        let scale = row("\(name).weight", 0)
        let shift = row("\(name).bias", 0)
        return input.indices.map { (input[$0] - mean) / (variance + 1e-12).squareRoot() * scale[$0] + shift[$0] }
    }

    private func add(_ left: [Double], _ right: [Double]) -> [Double] { zip(left, right).map(+) }

    private func row(_ name: String, _ index: Int) -> [Double] {
        guard let tensor = weights[name], let columns = tensor.shape.last else { return [] }
        return tensor.values[index * columns..<(index + 1) * columns].map(Double.init)
    }
}
