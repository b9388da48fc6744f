import Base
import FoundationEssentials
import Subprocess
import Synchronization
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A terminal whose keys a test presses, and whose screen it reads. Nobody waits for a time, only for what is said.
final class PseudoTerminal: Sendable {
    private let ours: Int32
    let theirs: Int32
    /// What was written on it, and how much of it was waited for.
    private let seen = Mutex((bytes: [UInt8](), place: 0))
    private let isOver = Mutex(false)

    init() throws {
        // What ptsname(3) and unlockpt(3) ask of the system; Swift does not see them.
        let (unlock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        var (lock, number): (Int32, Int32) = (0, -1)
        ours = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        let isOpen = ours >= 0 && ioctl(ours, unlock, &lock) == 0 && ioctl(ours, askNumber, &number) == 0
        theirs = isOpen ? open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC) : -1
        try #require(theirs >= 0 && fcntl(ours, F_SETFL, O_NONBLOCK) == 0)
    }

    deinit {
        close(ours)
        close(theirs)
    }

    /// The modes: what a shell would find.
    var modes: [UInt32] {
        var now = termios()
        tcgetattr(theirs, &now)
        return [UInt32(now.c_iflag), UInt32(now.c_oflag), UInt32(now.c_cflag), UInt32(now.c_lflag)]
    }

    /// All that was written on it.
    var text: String {
        drain()
        return seen.withLock { String(decoding: $0.bytes, as: UTF8.self) }
    }

    func type(_ text: String) {
        for byte in text.utf8 { while Glibc.write(ours, [byte], 1) != 1 { drain() } }
    }

    /// Waits until a text stands behind what was waited for before.
    func wait(for text: String) async throws {
        while true {
            let last = isOver.withLock { $0 }
            drain()
            let isThere = seen.withLock { seen in
                let new = String(decoding: seen.bytes[seen.place...], as: UTF8.self)
                guard let range = new.firstRange(of: text) else { return false }
                seen.place += new[..<range.upperBound].utf8.count
                return true
            }
            if isThere { return }
            try #require(!last, "neo ended before it said \(text): \(self.text)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Types a line, and waits until an answer stands there and the next line can be written.
    func say(_ line: String, until answer: String) async throws {
        type(line + "\r")
        try await wait(for: answer)
        try await idle()
    }

    /// Types a command that is answered at once, while nothing is at work.
    func command(_ line: String, until answer: String) async throws {
        type(line + "\r")
        try await wait(for: answer)
        try await wait(for: "\r\n> ")
    }

    /// Waits until nothing is at work: the prompt is drawn right where the old one was.
    func idle() async throws { try await wait(for: "\u{1B}[J> ") }

    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(ours, &buffer, buffer.count)
            guard count > 0 else { return }
            seen.withLock { $0.bytes += buffer.prefix(count) }
        }
    }

    /// Runs `neo` on it while the body presses keys, and gives back its exit status; 128 and the signal where one ended it.
    func run(
        _ neo: NeoProcess, _ arguments: [String], _ body: (@escaping (Signal) throws -> Void) async throws -> Void
    ) async throws -> Int {
        let end = FileDescriptor(rawValue: theirs)
        var options = PlatformOptions()
        options.createSession = true
        let outcome = try await Subprocess.run(
            .path(FilePath(try NeoProcess.executable())), arguments: Arguments(arguments),
            environment: .inherit.updating(["NEO_HOME": neo.folder + "/home", "TERM": "xterm", "NO_COLOR": "1"]),
            workingDirectory: FilePath(neo.folder), platformOptions: options,
            input: .fileDescriptor(end, closeAfterSpawningProcess: false),
            output: .fileDescriptor(end, closeAfterSpawningProcess: false),
            error: .fileDescriptor(end, closeAfterSpawningProcess: false)
        ) { execution in
            let watch = Task {
                // A process that has ended is a zombie until it is waited for.
                while !Task.isCancelled {
                    let path = "/proc/\(execution.processIdentifier.value)/stat"
                    let line = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
                    if line.isEmpty || line.contains(") Z ") { return self.isOver.withLock { $0 = true } }
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            defer { watch.cancel() }
            do {
                try await body { try execution.send(signal: $0) }
            } catch {
                try? execution.send(signal: .kill)
                throw error
            }
            // What it says at its end must have room.
            while !isOver.withLock({ $0 }) {
                drain()
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        drain()
        switch outcome.terminationStatus {
        case .exited(let code): return Int(code)
        case .signaled(let signal): return 128 + Int(signal)
        }
    }
}
