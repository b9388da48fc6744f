internal import Base
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

extension ChildProcess {
    /// Runs the program and waits for its end; what it prints goes to the end of a file that only this user may read.
    /// For servers, whose output has no end.
    ///
    /// On Linux the child is killed when this process dies, however it dies: nobody else would end it.
    ///
    /// - Parameters:
    ///   - limit: after so many bytes the file is renamed to `LOG.1`, and a new one begun: both together have at most twice
    ///     as many.
    ///   - onStart: hears the child's number as soon as it runs.
    /// - Returns: the status, as `Result.status`.
    package func run(
        appendingTo log: String, limit: Int = 5 << 20, onStart: @escaping @Sendable (Int32) -> Void = { _ in }
    ) async throws -> Int {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        #if os(Linux)
            let line = ["setpriv", "--pdeathsig", "KILL", executable] + arguments
        #else
            let line = [executable] + arguments
        #endif
        do {
            // Through this process, because a file that the child holds itself has no bound.
            let file = try BoundedLog(log, limit: limit)
            let outcome = try await Subprocess.run(
                line[0].contains("/") ? .path(FilePath(line[0])) : .name(line[0]),
                arguments: Arguments(Array(line.dropFirst())),
                environment: childEnvironment,
                workingDirectory: directory.map { FilePath($0) },
                platformOptions: options,
                input: .none, output: .sequence, error: .sequence
            ) { execution in
                onStart(Int32(execution.processIdentifier.value))
                async let errors: Void = Self.follow(execution.standardError, to: file)
                try await Self.follow(execution.standardOutput, to: file)
                try await errors
            }
            try Task.checkCancellation()
            return Self.status(outcome.terminationStatus)
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw ProcessError(
                code: .notStarted,
                message:
                    "The program \"\(executable)\" could not be run with its log in \(log). Is it installed, and is "
                    + "there room?",
                cause: error
            )
        }
    }

    private static func follow(_ stream: SubprocessOutputSequence, to log: BoundedLog) async throws {
        for try await buffer in stream {
            buffer.withUnsafeBytes { log.append($0) }
        }
    }

    /// Starts the program in a session of its own and does not wait for it: it goes on when this process ends.
    package func startDetached(appendingTo log: String) async throws {
        // setsid leaves its child to the system, so that no process is left behind as a zombie.
        let starter = ChildProcess(
            executable: "setsid", arguments: ["--fork", executable] + arguments, directory: directory,
            environment: environment)
        let status = try await starter.runUnbound(appendingTo: log)
        guard status == 0 else {
            throw ProcessError(
                code: .notStarted,
                message: "The program \"\(executable)\" could not be started in the background (status \(status)).",
                cause: nil)
        }
    }

    private func runUnbound(appendingTo log: String) async throws -> Int {
        do {
            let output = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
            defer { try? output.close() }
            let outcome = try await Subprocess.run(
                .name(executable), arguments: Arguments(arguments), environment: childEnvironment,
                workingDirectory: directory.map { FilePath($0) }, input: .none,
                output: .fileDescriptor(output, closeAfterSpawningProcess: false),
                error: .fileDescriptor(output, closeAfterSpawningProcess: false))
            return Self.status(outcome.terminationStatus)
        } catch {
            throw ProcessError(
                code: .notStarted, message: "The program \"\(executable)\" could not be run with its log in \(log).",
                cause: error)
        }
    }
}
