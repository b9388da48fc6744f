internal import Base
internal import Synchronization

/// Shows progress: one redrawn line on a terminal, a plain line every ten seconds otherwise, nothing with `--quiet`.
final class ProgressLine: Sendable {
    private struct State {
        var lastPrinted: UInt64 = 0
        var drawn = false
    }

    private let quiet: Bool
    /// Who shows it instead of standard error; nil where nobody does.
    private let shows: (@Sendable (String) -> Void)?
    private let time: TimeSource
    private let start: UInt64
    private let state = Mutex(State())

    init(quiet: Bool, time: TimeSource = .system, shows: (@Sendable (String) -> Void)? = nil) {
        self.quiet = quiet
        self.shows = shows
        self.time = time
        start = time.nanoseconds()
    }

    /// Seconds since the line was made.
    var elapsed: Double { Double(time.nanoseconds() - start) / 1e9 }

    /// Shows a new state.
    func update(_ text: String) {
        guard !quiet else { return }
        if let shows { return shows(text) }
        let now = time.nanoseconds()
        state.withLock { state in
            let interval: UInt64 = Terminal.isInteractive ? 100_000_000 : 10_000_000_000
            guard state.lastPrinted == 0 || now - state.lastPrinted >= interval else { return }
            state.lastPrinted = max(now, 1)
            if Terminal.isInteractive {
                Terminal.redraw(text)
                state.drawn = true
            } else {
                Terminal.printError(text)
            }
        }
    }

    /// Says which file a parser reads, where reading takes its time: a scan takes seconds a page.
    func parsing(_ file: String) {
        if elapsed >= 2 { update("reading \(Terminal.harmless(file))") }
    }

    /// Says how many questions a system that is not Neo's has been asked.
    func asking(_ system: String, _ done: Int, _ all: Int) {
        if done == all {
            line("external \(system): \(all) questions asked")
        } else {
            update("asking \(system): \(done) of \(all) questions")
        }
    }

    /// Prints a line that stays.
    func line(_ text: String) {
        guard !quiet else { return }
        if let shows { return shows(text) }
        finish()
        Terminal.printError(text)
    }

    /// Clears the redrawn line.
    func finish() {
        state.withLock { state in
            if state.drawn { Terminal.redraw("") }
            state.drawn = false
        }
    }

    /// `3:05` for 185 seconds.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        let rest = whole % 60
        return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}
