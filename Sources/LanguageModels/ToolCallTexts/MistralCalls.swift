internal import Base

/// Calls behind Mistral's `[TOOL_CALLS]`: a list of objects, or, in newer models, `NAME[ARGS]{…}` with or without
/// `[CALL_ID]` before the arguments.
enum MistralCalls {
    /// Behind `[TOOL_CALLS]`.
    static func read(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        scanner.skipSpace()
        if scanner.next == UInt8(ascii: "[") || scanner.next == UInt8(ascii: "{") {
            return scanner.value().flatMap { reader.calls(from: $0, isMarked: true) }
        }
        guard let name = scanner.name() else { return nil }
        if scanner.skip("[CALL_ID]") {
            guard scanner.name() != nil else { return nil }
        }
        // Servers that hide special tokens leave the arguments right behind the name.
        _ = scanner.skip("[ARGS]")
        scanner.skipSpace()
        guard let arguments = scanner.value()?.object else { return nil }
        return [WrittenCall(name: name, arguments: arguments)]
    }
}
