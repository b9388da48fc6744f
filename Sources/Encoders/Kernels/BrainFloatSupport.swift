/// What this machine does with bfloat16, found out by doing it.
package struct BrainFloatSupport: Sendable, Hashable {
    /// Whether `precision: bf16` can be asked for.
    package var isUsable: Bool
    /// How many times faster than in f32 a product of a small model's size is; nil where there is no kernel.
    package var speedup: Double?

    /// Tries it, which takes some milliseconds.
    package static func measure() -> BrainFloatSupport {
        let probe = PrecisionProbe.machine
        let isUsable = (try? probe.arithmetic(for: .brainFloat)) != nil
        return BrainFloatSupport(isUsable: isUsable, speedup: (try? probe.measure()).flatMap { $0?.speedup })
    }
}
