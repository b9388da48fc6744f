#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What the terminal can show. Results go to standard output, all else to standard error.
enum Terminal {
    /// Whether standard error is a terminal that can redraw a line.
    static var isInteractive: Bool {
        isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// Whether colour is wanted: a terminal, and no `NO_COLOR`.
    static var hasColor: Bool {
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR").map { String(cString: $0).isEmpty } ?? true
    }

    /// The text in bold, where colour is wanted.
    static func bold(_ text: String) -> String {
        hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    /// The text in grey, where colour is wanted.
    static func dim(_ text: String) -> String {
        hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    /// A line on standard error.
    static func printError(_ text: String) {
        write(text + "\n")
    }

    /// Replaces the last line of standard error.
    static func redraw(_ text: String) {
        write("\r\u{1B}[K" + text)
    }

    /// Text from documents and models may hold control characters that would steer the terminal: they are dropped.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t" || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                }))
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
