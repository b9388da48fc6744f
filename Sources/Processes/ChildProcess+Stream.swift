internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

extension ChildProcess {
    /// One of the two streams that a program writes to.
    package enum Stream: Sendable, Hashable {
        case output
        case errors
    }

    /// Runs the program and hands on what it writes while it runs. `outputLimit` and `timeLimitSeconds` do not hold
    /// here: who reads decides.
    ///
    /// The program waits while a piece is being received, so that a flood fills no memory. Pieces of one stream come in
    /// their order; both streams are received at the same time.
    ///
    /// When the calling task is cancelled, the process group is killed.
    ///
    /// - Parameters:
    ///   - onStart: hears the process's number as soon as it runs.
    ///   - receive: gets each piece, as it comes.
    /// - Returns: the status, as `Result.status`.
    package func stream(
        onStart: @escaping @Sendable (Int32) async throws -> Void = { _ in },
        receive: @escaping @Sendable (Stream, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Int {
        if let inputPipe {
            return try await stream(
                from: .fileDescriptor(inputPipe.takeChildEnd(), closeAfterSpawningProcess: true), onStart: onStart,
                receive: receive)
        }
        if let input {
            let file = try InputFile.open(holding: input, for: executable)
            return try await stream(
                from: .fileDescriptor(file, closeAfterSpawningProcess: true), onStart: onStart, receive: receive)
        }
        return try await stream(from: .none, onStart: onStart, receive: receive)
    }

    private func stream<Input: InputProtocol>(
        from input: Input,
        onStart: @escaping @Sendable (Int32) async throws -> Void,
        receive: @escaping @Sendable (Stream, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Int {
        var options = PlatformOptions()
        options.createSession = true
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
                // Both streams are read to their ends before anything is thrown: a pipe that nobody reads would hold
                // up a program that is asked to end.
                async let errors: Void = Self.read(execution.standardError, as: .errors, receive)
                async let output: Void = Self.read(execution.standardOutput, as: .output, receive)
                try await onStart(Int32(execution.processIdentifier.value))
                try await output
                try await errors
            }
            try Task.checkCancellation()
            return Self.status(outcome.terminationStatus)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw ProcessError(
                code: .notStarted,
                message: "The program \"\(executable)\" could not be run. Is it installed, and on PATH?",
                cause: error
            )
        }
    }

    private static func read(
        _ stream: SubprocessOutputSequence, as name: Stream,
        _ receive: @Sendable (Stream, UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        for try await buffer in stream {
            try buffer.withUnsafeBytes { try receive(name, $0) }
        }
    }
}
