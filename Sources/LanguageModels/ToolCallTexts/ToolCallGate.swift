/// Lets through, of a text that arrives in pieces, what can be no part of a call, and keeps the rest.
///
/// Once a call may have begun, everything is kept until the end: only then can be told whether it was one.
struct ToolCallGate {
    private let names: [[UInt8]]
    private let takesCommands: Bool
    /// What was not let through.
    private(set) var held: [UInt8] = []
    /// Whether a call may have begun.
    private var isHolding = false
    /// Up to where `held` was looked at.
    private var looked = 0
    private var isLineStart = true

    /// A gate for a request with these tools.
    ///
    /// - Parameter takesCommands: whether a fence of a shell's language may be a call.
    init(_ tools: [ToolDefinition], takesCommands: Bool = false) {
        names = ToolCallOpening.names(of: tools)
        self.takesCommands = takesCommands
    }

    /// What can be handed on. White space stays here until it is known what follows.
    mutating func append(_ text: String) -> String {
        held += Array(text.utf8)
        guard !isHolding else { return "" }
        var end = 0
        loop: while looked < held.count {
            if held[looked].isSpace {
                if held[looked] == 0x0A { isLineStart = true }
                looked += 1
                continue
            }
            let verdict = ToolCallOpening.at(
                looked, of: held, isLineStart: isLineStart, isWhole: false, names: names, takesCommands: takesCommands)
            switch verdict {
            case .yes:
                isHolding = true
                break loop
            case .undecided: break loop
            case .no:
                isLineStart = false
                looked += 1
                end = looked
            }
        }
        defer {
            held.removeFirst(end)
            looked -= end
        }
        return String(decoding: held[..<end], as: UTF8.self)
    }

    /// Lets everything through that is still here.
    mutating func release() -> String {
        defer {
            held = []
            looked = 0
        }
        return String(decoding: held, as: UTF8.self)
    }
}
