import Foundation
import Testing

@testable import Encoders

@Suite struct KernelTests {
    /// -12 ... 12 in steps that meet no special value on purpose.
    private static let inputs = stride(from: -12.0, through: 12, by: 0.00173).map { Float($0) }

    private func exponential(_ input: Float) -> Float {
        let buffer = FloatBuffer(count: 16)
        buffer.start[7] = input
        RowKernels.exponential(buffer.start, length: 16)
        return buffer.start[7]
    }

    /// The input comes half from the row and half from the bias.
    private func activated(_ input: Float) -> Float {
        let (row, bias) = (FloatBuffer(count: 16), FloatBuffer(count: 16))
        row.start[3] = input / 2
        bias.start[3] = input / 2
        RowKernels.addBiasAndActivate(bias.start, to: row.start, count: 1, length: 16)
        return row.start[3]
    }

    @Test func `The exponential is that of the library`() {
        for input in Self.inputs + [-86.9, 87.9, 0] {
            let expected = exp(Double(input))
            let found = Double(exponential(input))
            #expect(abs(found - expected) <= 3e-7 * expected, "e^\(input)")
        }
        #expect(exponential(-.infinity) < 1e-37)
    }

    @Test func `The activation is x Φ(x)`() {
        for input in Self.inputs {
            let x = Double(input)
            let expected = 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
            let found = Double(activated(input))
            #expect(abs(found - expected) <= 1e-6, "gelu(\(input))")
        }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 40])
    func `Softmax rows sum to one and ignore their padding`(length: Int) {
        let stride = RowKernels.padded(length)
        let buffer = FloatBuffer(count: 2 * stride)
        for position in 0..<2 * stride { buffer.start[position] = 1000 }
        for row in 0..<2 {
            for position in 0..<length { buffer.start[row * stride + position] = Float(position * (row + 1)) / 4 }
        }
        RowKernels.softmax(buffer.start, count: 2, length: length, stride: stride)
        for row in 0..<2 {
            let weights = (0..<length).map { Double(buffer.start[row * stride + $0]) }
            let powers = (0..<length).map { exp(Double($0 * (row + 1)) / 4) }
            #expect(abs(weights.reduce(0, +) - 1) < 1e-6)
            for position in 0..<length {
                #expect(abs(weights[position] - powers[position] / powers.reduce(0, +)) < 1e-6)
            }
        }
    }

    @Test func `A row of zeros is left alone`() {
        let buffer = FloatBuffer(count: 16)
        RowKernels.scaleToUnit(buffer.start, length: 16)
        #expect((0..<16).allSatisfy { buffer.start[$0] == 0 })
    }

    @Test func `Batches hold every text once and respect the budget`() {
        let lengths = [3, 24, 7, 7, 1, 30, 12, 12]
        let batches = TokenBatch.plan(lengths: lengths, budget: 30)
        #expect(batches.flatMap { $0 }.sorted() == Array(lengths.indices))
        #expect(batches.allSatisfy { $0.map { lengths[$0] }.reduce(0, +) <= 30 })
        #expect(batches[0] == [5])
        #expect(batches.count == 4)
    }
}
