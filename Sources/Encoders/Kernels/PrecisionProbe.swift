/// Finds out what the machine can do with bfloat16 by doing it: what the processor says about itself is no proof that
/// the library has a kernel, that the kernel is right, or that it is fast.
struct PrecisionProbe: Sendable {
    /// What a trial product in bfloat16 was like beside the same in 32-bit floats.
    struct Finding: Sendable, Hashable {
        /// ‖bf16 - f32‖ / ‖f32‖.
        var error: Double
        /// How many times faster it was.
        var speedup: Double
    }

    /// Rounding both factors to 8 bits gives about 0.0025; a kernel that is wrong gives about 1.
    private static let greatestError = 0.02
    /// Below, the vectors' loss of precision buys nothing; the margin keeps a busy machine from changing its mind.
    private static let leastSpeedup = 1.25

    /// Tries the product; nil where the library refuses it.
    var measure: @Sendable () throws(EncodersError) -> Finding?

    /// A probe of this machine.
    static let machine = PrecisionProbe { () throws(EncodersError) in try trial() }

    /// The arithmetic that a precision comes to.
    ///
    /// - Throws: where bf16 is demanded, but is not there or is wrong.
    func arithmetic(for precision: Precision) throws(EncodersError) -> Arithmetic {
        if precision == .single { return .single }
        let finding = try measure()
        let right = finding.map { $0.error <= Self.greatestError } ?? false
        switch precision {
        case .brainFloat:
            guard right else {
                let trouble = finding == nil ? "has no kernel for it" : "computes it wrongly"
                throw EncodersError(
                    .unsupportedModel,
                    "Precision bf16 was asked for, but this machine \(trouble); ask for f32 or auto."
                )
            }
            return .brainFloat
        case .single, .automatic:
            return right && (finding?.speedup ?? 0) >= Self.leastSpeedup ? .brainFloat : .single
        }
    }

    /// A product of the size of a small model's layer: the same one both ways, in turn, a few times; the best times
    /// count, because whatever else the machine does only ever adds to them.
    private static func trial() throws(EncodersError) -> Finding? {
        let (rows, size) = (64, 384)
        let numbers = FloatBuffer(count: size * size + rows * size)
        var state: UInt32 = 1
        for position in 0..<numbers.count {
            state = state &* 1_664_525 &+ 1_013_904_223
            numbers.start[position] = Float(state >> 8) / 0x1p24 - 0.5
        }
        let weight = FloatTensor(numbers, shape: [size, size])
        let bias = FloatTensor(FloatBuffer(count: size), shape: [size])
        let input = numbers.start + size * size
        let narrow = NarrowBuffer(count: rows * size)
        RowKernels.narrow(input, into: narrow.start, count: rows * size)
        let single = try LinearLayer(weight: weight, bias: bias, form: .plain, arithmetic: .single)
        guard let brain = try? LinearLayer(weight: weight, bias: bias, form: .plain, arithmetic: .brainFloat) else {
            return nil
        }
        let worker = MatrixWorker()
        let wide = FloatBuffer(count: rows * size)
        let result = FloatBuffer(count: rows * size)
        let clock = ContinuousClock()
        var times = (single: Duration.seconds(1), brain: Duration.seconds(1))
        for _ in 0..<12 {
            let begin = clock.now
            try single.run(rows: rows, on: input, into: wide.start, worker: worker)
            let middle = clock.now
            try brain.run(rows: rows, on: narrow.start, into: result.start, worker: worker)
            times.single = min(times.single, begin.duration(to: middle))
            times.brain = min(times.brain, middle.duration(to: clock.now))
        }
        var (difference, norm) = (0.0, 0.0)
        for position in 0..<wide.count {
            let gap = Double(wide.start[position] - result.start[position])
            difference += gap * gap
            norm += Double(wide.start[position] * wide.start[position])
        }
        return Finding(error: (difference / norm).squareRoot(), speedup: times.single / times.brain)
    }
}
