internal import ArgumentParser
internal import Base
internal import CTerminal
internal import Engineer

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Runs the command line and ends the process with an honest exit code.
package func runNeo(arguments: [String] = Array(CommandLine.arguments.dropFirst())) async -> Never {
    // A file that may not grow is an error like a full disk, and no reason to be killed.
    signal(SIGXFSZ, SIG_IGN)
    var isKept = true
    var running: (any ParsableCommand.Type)?
    do {
        // A wrong command line is said before anything starts.
        let command = try QuickParse.command(arguments) ?? NeoCommand.parseAsRoot(arguments)
        isKept = !(command is any BeginsAnew)
        running = type(of: command)
        if command is any StopsItself {
            try await run(command)
        } else {
            // Handed over: nobody here uses it afterwards.
            nonisolated(unsafe) let command = command
            try await Interruption.cancelling { try await run(command) }
        }
        leave(0)
    } catch let gate as GateNotMet {
        Terminal.printError(gate.message)
        leave(3)
    } catch let error as EngineerError where error.code == .unapproved {
        Terminal.printError("neo: \(Terminal.harmless(error.message))")
        leave(3)
    } catch is CancellationError {
        Terminal.printError("Stopped.\(isKept ? " What was done is kept: the same command goes on from there." : "")")
        leave(130)
    } catch let code as ExitCode {
        leave(code.rawValue)
    } catch let error as any DescribedError {
        Terminal.printError("neo: \(error.description)")
        leave(1)
    } catch {
        let code = NeoCommand.exitCode(for: error)
        let message =
            if let running, let error = error as? ValidationError {
                CommandHint.message(error, of: running)
            } else {
                CommandHint.unknownCommand(in: arguments, said: NeoCommand.message(for: error))
                    ?? NeoCommand.fullMessage(for: error)
            }
        // ArgumentParser's own words: help and version are no failures; all else is wrong usage.
        if code == .success {
            do {
                try Terminal.printResult(message + "\n")
                leave(0)
            } catch {
                Terminal.printError("neo: \(error.description)")
                leave(1)
            }
        }
        Terminal.printError(message)
        leave(code == .validationFailure ? 2 : 1)
    }
}

/// Ends the process without running the C library's destructors: where a command was stopped, a thread may still be
/// multiplying, and must not find its library's code unloaded. What was acknowledged is on disk already.
private func leave(_ code: Int32) -> Never {
    neo_terminal_end()
    fflush(nil)
    _exit(code)
}

private func run(_ command: any ParsableCommand) async throws {
    try await withTelemetry(of: type(of: command)) {
        if let asynchronous = command as? any AsyncParsableCommand {
            // Nobody else uses it while it runs.
            nonisolated(unsafe) var asynchronous = asynchronous
            try await asynchronous.run()
        } else {
            var command = command
            try command.run()
        }
    }
}

/// A command for which a signal is the ordinary way to end, such as a server: it handles its `Interruption` itself,
/// finishes what is in flight, and succeeds.
protocol StopsItself {}

/// A command that, once it was stopped, does all of its work again.
protocol BeginsAnew {}

/// A gate or constraint that was not met: exit code 3.
package struct GateNotMet: Error {
    package let message: String
}
