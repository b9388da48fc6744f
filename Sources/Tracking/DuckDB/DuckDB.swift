internal import Base
internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The DuckDB program, inside walls: no network, no file but those that it is given, one folder to write to.
///
/// Inside, other databases of SQLite are read whatever DuckDB's own settings say, so the walls are what counts.
package struct DuckDB: Sendable, Hashable {
    /// The program's path.
    package let program: String
    /// The extension that reads SQLite.
    let scanner: String

    /// What a script needs, and may take.
    struct Bounds {
        /// Files and folders that it reads.
        var readable: [String] = []
        /// The one folder that it writes to.
        var writable: String
        var timeLimitSeconds = 60.0
        var memory = "2GB"
        /// Whether databases of SQLite are read. What is not loaded cannot be had later: nothing comes by itself.
        var readsSQLite = true
    }

    /// What is printed when a script's preparations are done: what fails after it is what the user asked for.
    static let mark = "neo: prepared"

    /// Runs statements, one after the other, until one fails.
    ///
    /// - Returns: what it printed.
    /// - Throws: ``TrackingError`` with DuckDB's sentence; `invalid` where it is about what stands behind ``mark``.
    @discardableResult
    func run(_ statements: [String], within bounds: Bounds) async throws -> String {
        let script = bounds.writable + "/.script.sql"
        let text = """
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET memory_limit = '\(bounds.memory)';
            SET temp_directory = '';
            \(bounds.readsSQLite ? "LOAD \(Self.quoted(scanner));" : "")
            \(statements.joined(separator: "\n"))

            """
        guard FileManager.default.createFile(atPath: script, contents: Data(text.utf8)) else {
            throw TrackingError(.fileSystem, "\(script) cannot be written: is the disk full?")
        }
        defer { try? FileManager.default.removeItem(atPath: script) }
        var process = ConfinedProcess(
            executable: program, arguments: ["-no-init", "-batch", "-bail", "-csv", "-f", script])
        process.readable = [scanner] + bounds.readable
        process.writable = [bounds.writable]
        process.directory = bounds.writable
        process.timeLimitSeconds = bounds.timeLimitSeconds
        let result: ChildProcess.Result
        do {
            result = try await process.run()
        } catch let error as ProcessError where error.code == .tookTooLong {
            throw TrackingError(
                .program,
                "DuckDB was not done after \(Self.words(bounds.timeLimitSeconds)) and was ended. Ask for less, or give it longer with neo query --timeout."
            )
        }
        guard result.status == 0, result.errorOutput.isEmpty else {
            throw Self.failure(result)
        }
        return result.output
    }

    private static func words(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }

    private static func failure(_ result: ChildProcess.Result) -> TrackingError {
        // Behind an empty line DuckDB shows the statement, which is not as the user wrote it.
        var said = result.errorOutput
        if let place = said.firstRange(of: "\n\nLINE ") { said = String(said[..<place.lowerBound]) }
        said = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if said.isEmpty { said = "it ended with status \(result.status)" }
        guard result.output.contains(mark) else {
            return TrackingError(.program, "DuckDB could not open the project's records: \(said)")
        }
        if said.contains("Expected a single SELECT statement") {
            said += ": a query is one SELECT, and changes nothing"
        }
        return TrackingError(.invalid, "DuckDB refuses the query: \(said.prefix(2000))")
    }

    /// A text as SQL writes it.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    /// A name as SQL writes it.
    static func name(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}
