internal import Base
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A program to run and wait for. Every child process of Neo is started here, so that there is one place to put
/// walls up.
///
/// The child gets a session of its own; when the calling task is cancelled, its whole process group is asked to end
/// and, two seconds later, killed.
///
/// ```swift
/// let result = try await ChildProcess(executable: "git", arguments: ["rev-parse", "HEAD"]).run()
/// print(result.status == 0 ? result.output : result.errorOutput)
/// ```
package struct ChildProcess: Sendable {
    /// How a process ended and what it printed.
    package struct Result: Sendable, Hashable {
        /// The exit code; 128 + n where signal n ended it, as shells count.
        package var status: Int
        /// What it wrote to standard output: all of it, or head and tail where it was long.
        package var output: String
        /// What it wrote to standard error, likewise.
        package var errorOutput: String
        /// How many bytes of standard output were left out between head and tail.
        package var outputLeftOut: Int

        /// A result.
        package init(status: Int, output: String, errorOutput: String, outputLeftOut: Int = 0) {
            self.status = status
            self.output = output
            self.errorOutput = errorOutput
            self.outputLeftOut = outputLeftOut
        }
    }

    /// A path, or a name that is looked up in PATH.
    package var executable: String
    /// The arguments; no shell reads them.
    package var arguments: [String]
    /// The working directory; the caller's, where nil.
    package var directory: String?
    /// The whole environment; the caller's, where nil.
    package var environment: [String: String]?
    /// What it can read from standard input; nothing, where nil. A program that ends without reading all of it does no
    /// wrong.
    package var input: String?
    /// What it reads in place of that while `stream` runs it.
    package var inputPipe: InputPipe?
    /// How many bytes of each stream are kept: half from its beginning, half from its end.
    package var outputLimit: Int
    /// After so many seconds the process group is ended and `run` throws; nil means never.
    package var timeLimitSeconds: Double?

    /// A program to run.
    package init(
        executable: String, arguments: [String] = [], directory: String? = nil,
        environment: [String: String]? = nil, input: String? = nil, outputLimit: Int = 4 << 20,
        timeLimitSeconds: Double? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.directory = directory
        self.environment = environment
        self.input = input
        self.outputLimit = outputLimit
        self.timeLimitSeconds = timeLimitSeconds
    }

    /// Runs the program and waits for its end. A status other than 0 is no error: the caller knows what it means.
    package func run() async throws -> Result {
        guard let seconds = timeLimitSeconds else { return try await runToEnd() }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await runToEnd() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            if let result = try await group.next() ?? nil { return result }
            throw ProcessError.tookTooLong(executable, seconds)
        }
    }

    private func runToEnd() async throws -> Result {
        guard let input else { return try await runToEnd(reading: .none) }
        let file = try InputFile.open(holding: input, for: executable)
        return try await runToEnd(reading: .fileDescriptor(file, closeAfterSpawningProcess: true))
    }

    private func runToEnd<Input: InputProtocol>(reading input: Input) async throws -> Result {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        let limit = outputLimit
        do {
            let outcome = try await Subprocess.run(
                executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
                arguments: Arguments(arguments),
                environment: childEnvironment,
                workingDirectory: directory.map { FilePath($0) },
                platformOptions: options,
                input: input,
                output: .sequence,
                error: .sequence
            ) { execution in
                async let errors = Self.collect(execution.standardError, limit: limit)
                let output = try await Self.collect(execution.standardOutput, limit: limit)
                return (output, try await errors)
            }
            try Task.checkCancellation()
            return Result(
                status: Self.status(outcome.terminationStatus),
                output: outcome.closureResult.0.text,
                errorOutput: outcome.closureResult.1.text,
                outputLeftOut: outcome.closureResult.0.leftOut
            )
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw ProcessError(
                code: .notStarted,
                message: "The program \"\(executable)\" could not be run. Is it installed, and on PATH?",
                cause: error
            )
        }
    }

    var childEnvironment: Environment {
        guard let environment else { return .inherit }
        var values: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { values[key] = value }
        }
        return .custom(values)
    }

    private static func collect(_ stream: SubprocessOutputSequence, limit: Int) async throws -> HeadAndTail {
        var kept = HeadAndTail(limit: limit)
        for try await buffer in stream {
            buffer.withUnsafeBytes { kept.append($0) }
        }
        return kept
    }

    static func status(_ status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
