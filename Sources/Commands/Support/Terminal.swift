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

    /// Whether somebody watches the results come.
    static var showsResults: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether somebody can be asked: both the questions and the replies go over a terminal.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Shows a text and waits for a line; nil at the end of the input.
    static func ask(_ text: String) -> String? {
        write(text)
        return readLine()
    }

    /// Shows a text and waits for a line of standard input; nil at the end of the input.
    ///
    /// - Throws: `CancellationError` where the task is cancelled before a line is there.
    static func askUnlessCancelled(_ text: String) async throws -> String? {
        write(text)
        while true {
            try Task.checkCancellation()
            var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            // A terminal has something to read once its line is whole.
            if poll(&ready, 1, 0) > 0 { return readLine() }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The text in bold, where colour is wanted.
    static func bold(_ text: String) -> String {
        hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    /// The text in grey, where colour is wanted.
    static func dim(_ text: String) -> String {
        hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    /// Writes to standard output, at once: into a pipe, too, the result is there before a server serves.
    ///
    /// - Throws: where not all of it arrived, except where the reader wanted no more, as `head` does.
    static func printResult(_ text: String) throws(OutputError) {
        let failure = write(text, to: STDOUT_FILENO)
        guard failure == 0 || failure == EPIPE else { throw OutputError(number: failure) }
    }

    /// Writes a file to standard output; what would steer a terminal is left out where one shows it.
    static func printFile(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw OutputError(number: errno) }
        defer { _ = close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            let piece = buffer.prefix(count)
            let shown =
                showsResults ? piece.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 } : Array(piece)
            let failure = write(shown, to: STDOUT_FILENO)
            if failure == EPIPE { return }
            guard failure == 0 else { throw OutputError(number: failure) }
        }
    }

    /// A line on standard error.
    static func printError(_ text: String) {
        write(text + "\n")
    }

    /// Replaces the last line of standard error.
    static func redraw(_ text: String) {
        write("\r\u{1B}[K" + text)
    }

    /// Writes rows that are drawn again later, on standard error; the text may steer the terminal.
    static func draw(_ text: String) { write(text) }

    /// Whether a prompt can be opened: keys come from a terminal, all output goes to one, and it can move its cursor.
    static var canPrompt: Bool { canAsk && isatty(STDOUT_FILENO) == 1 && isInteractive }

    /// Text from documents and models may hold control characters that would steer the terminal: they are dropped.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t" || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                }))
    }

    /// Hands on what a program printed, as it is.
    static func pass(_ bytes: UnsafeRawBufferPointer, isResult: Bool) {
        _ = write(Array(bytes), to: isResult ? STDOUT_FILENO : STDERR_FILENO)
    }

    private static func write(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes all bytes; returns 0, or the number of the error.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            if written < 0, errno == EAGAIN {
                // Somebody else made the stream one that does not wait.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
                continue
            }
            guard written > 0 else { return errno }
            rest = rest.dropFirst(written)
        }
        return 0
    }
}
