import TestSupport
import Testing

@testable import Encoders

@Suite struct PrecisionTests {
    private func probe(error: Double, speedup: Double) -> PrecisionProbe {
        PrecisionProbe { () throws(EncodersError) in .init(error: error, speedup: speedup) }
    }

    @Test(arguments: [
        (0.003, 2.0, Arithmetic.brainFloat), (0.003, 1.1, .single), (0.5, 9, .single), (.nan, 9, .single),
    ])
    func `bf16 is chosen where it is right and faster`(error: Double, speedup: Double, expected: Arithmetic) throws {
        #expect(try probe(error: error, speedup: speedup).arithmetic(for: .automatic) == expected)
        #expect(try probe(error: error, speedup: speedup).arithmetic(for: .single) == .single)
    }

    @Test func `bf16 that is slow is given to those who ask for it, bf16 that is wrong is not`() throws {
        #expect(try probe(error: 0.003, speedup: 0.1).arithmetic(for: .brainFloat) == .brainFloat)
        let wrong = #expect(throws: EncodersError.self) {
            _ = try probe(error: 0.5, speedup: 9).arithmetic(for: .brainFloat)
        }
        #expect(wrong?.message.contains("computes it wrongly") == true)
        let missing = PrecisionProbe { () throws(EncodersError) in nil }
        #expect(try missing.arithmetic(for: .automatic) == .single)
        let refused = #expect(throws: EncodersError.self) { _ = try missing.arithmetic(for: .brainFloat) }
        #expect(refused?.message.contains("no kernel") == true)
    }

    @Test func `What this machine is found to compute is near`() throws {
        guard let finding = try PrecisionProbe.machine.measure() else { return }
        #expect(finding.error > 0.0005 && finding.error < 0.01)
        #expect(finding.speedup > 0)
    }

    @Test func `Vectors in bf16 are near, and the identity says so`() async throws {
        guard try PrecisionProbe.machine.measure() != nil else { return }
        try await withTemporaryDirectory { folder in
            try TinyModel().write(to: folder)
            let wide = try SentenceEncoder(folder: folder, identity: "tiny@1", precision: .single)
            let narrow = try SentenceEncoder(folder: folder, identity: "tiny@1", precision: .brainFloat)
            #expect(wide.identity == "tiny@1" && narrow.identity == "tiny@1+bf16")
            let texts = SentenceEncoderTests.texts
            let (exact, near) = (try await wide.encode(texts), try await narrow.encode(texts))
            #expect(exact != near)
            for row in texts.indices {
                let range = row * 32..<(row + 1) * 32
                #expect(zip(exact[range], near[range]).map(*).reduce(0, +) > 0.999)
            }
        }
    }

    @Test func `Floats are rounded to the nearest bfloat16, ties to even`() {
        let cases: [(Float, UInt32)] = [
            (1, 0x3F80), (-2, 0xC000), (1 + 0x1p-8, 0x3F80), (1 + 0x3p-8, 0x3F82), (1 + 0x1.01p-8, 0x3F81),
            (.infinity, 0x7F80), (.greatestFiniteMagnitude, 0x7F80), (0, 0), (-0.0, 0x8000),
        ]
        let (floats, narrow) = (FloatBuffer(count: 16), NarrowBuffer(count: 16))
        for (place, item) in cases.enumerated() { floats.start[place] = item.0 }
        floats.start[15] = Float(bitPattern: 0x7F80_0001)
        RowKernels.narrow(floats.start, into: narrow.start, count: 16)
        for (place, item) in cases.enumerated() { #expect(UInt32(narrow.start[place]) == item.1, "\(item.0)") }
        #expect(narrow.start[15] & 0x7F80 == 0x7F80 && narrow.start[15] & 0x7F != 0)
    }

    @Test(arguments: [1, 15, 16, 17, 63, 300], [LinearLayer.Form.plain, .activated, .residual])
    func `A packed layer equals the product`(rows: Int, form: LinearLayer.Form) throws {
        let (inputs, outputs) = (32, 48)
        func numbers(_ count: Int, _ seed: Int) -> FloatBuffer {
            let buffer = FloatBuffer(count: count)
            for place in 0..<count { buffer.start[place] = Float((place * 37 + seed) % 101) / 101 - 0.5 }
            return buffer
        }
        let weight = numbers(outputs * inputs, 1)
        let bias = numbers(outputs, 2)
        let input = numbers(MatrixWorker.padded(rows) * inputs, 3)
        let result = numbers(MatrixWorker.padded(rows) * outputs, 4)
        let before = (0..<result.count).map { result.start[$0] }
        let layer = try LinearLayer(
            weight: FloatTensor(weight, shape: [outputs, inputs]), bias: FloatTensor(bias, shape: [outputs]),
            form: form,
            arithmetic: .single
        )
        try layer.run(rows: rows, on: input.start, into: result.start, worker: MatrixWorker())
        for row in 0..<rows {
            for output in 0..<outputs {
                let sum = FloatBuffer(count: 16)
                for place in 0..<inputs {
                    sum.start[0] += input.start[row * inputs + place] * weight.start[output * inputs + place]
                }
                sum.start[0] += bias.start[output]
                let none = FloatBuffer(count: 16)
                if form == .activated { RowKernels.addBiasAndActivate(none.start, to: sum.start, count: 1, length: 16) }
                let expected = sum.start[0] + (form == .residual ? before[row * outputs + output] : 0)
                #expect(abs(result.start[row * outputs + output] - expected) < 1e-5)
            }
        }
    }
}
