internal import Base

/// Calls that nothing announces but their form, or a fence of backticks: `{"name": …, "parameters": …}`, as Llama and many
/// small models write them.
enum BareCalls {
    /// An object, several with commas or semicolons between them, or a list.
    static func read(_ scanner: inout LooseScanner, _ reader: WrittenCallReader, isMarked: Bool) -> [WrittenCall]? {
        var calls: [WrittenCall] = []
        while true {
            let start = scanner.position
            scanner.skipSpace()
            if !calls.isEmpty, scanner.skip(";") || scanner.skip(",") { scanner.skipSpace() }
            guard scanner.next == UInt8(ascii: "{") || scanner.next == UInt8(ascii: "["), let value = scanner.value(),
                let more = reader.calls(from: value, isMarked: isMarked)
            else {
                scanner.position = start
                break
            }
            calls += more
        }
        return calls.isEmpty ? nil : calls
    }

    /// Behind the first line of a fence, which may hold JSON or Python.
    static func fenced(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        let start = scanner.position
        var calls = read(&scanner, reader, isMarked: false)
        if calls == nil {
            scanner.position = start
            calls = PythonCalls.read(&scanner, reader, isMarked: false)
        }
        scanner.skipSpace()
        // Where more stands in it, it is an example rather than a call; one that was cut short is still open.
        guard let calls, scanner.skip("```") || scanner.next == nil else { return nil }
        return calls
    }

    /// Behind Llama's `<|python_tag|>` or `<|python_start|>`.
    static func tagged(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        scanner.skipSpace()
        let start = scanner.position
        if let calls = read(&scanner, reader, isMarked: true) { return calls }
        scanner.position = start
        return PythonCalls.read(&scanner, reader, isMarked: true)
    }
}
