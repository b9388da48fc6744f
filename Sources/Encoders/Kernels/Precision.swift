/// Which numbers the large matrix products of a model are made of.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// bf16 where the machine is found to compute it correctly and faster, else f32.
    case automatic = "auto"
    /// 32-bit floats.
    case single = "f32"
    /// 16-bit bfloat16, summed in 32-bit floats; refused where the machine has no kernel for it.
    case brainFloat = "bf16"
}

/// What a model in memory computes with: `Precision` after the machine was asked.
enum Arithmetic: String, Sendable, Hashable {
    /// 32-bit floats.
    case single = "f32"
    /// Weights and inputs of linear layers in bfloat16; all else in 32-bit floats.
    case brainFloat = "bf16"

    /// How users call it.
    var precision: Precision { self == .single ? .single : .brainFloat }

    /// What belongs to a model's identity, because vectors depend on it; f32 is the rule and adds nothing.
    var suffix: String { self == .single ? "" : "+\(rawValue)" }
}
