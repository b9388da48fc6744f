internal import ArgumentParser
internal import Base
internal import Tracking

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Runs {
    /// Started by Neo itself, in the background.
    struct KeepParquet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keep-parquet",
            abstract: "Write the Parquet files of runs that have ended; started by Neo itself.", shouldDisplay: false)

        @Argument(help: "The project's folder.")
        var project: String

        @Option(help: "Wait so many seconds before, for what ends together.")
        var after = 0.0

        @OptionGroup var output: OutputOptions

        func run() async throws {
            // Whatever else the machine does comes first.
            _ = nice(10)
            let store = try RunFolder(project).store()
            guard let duckDB = DuckDBInstallation().found else {
                throw TrackingError(.program, "DuckDB is not on this machine; `neo export parquet` installs it.")
            }
            let written = try await ParquetUpkeep.run(on: store, with: duckDB, pauseSeconds: max(0, after))
            try output.render(["runs": .integer(written)]) { "wrote the files of \(written) runs" }
        }
    }
}

extension ParquetUpkeep {
    /// Done by this very program in the background. What ends within two seconds is written together; and who removes a
    /// project at once, as tests do, has nothing to wait for.
    static var ofThisProgram: ParquetUpkeep {
        ParquetUpkeep(program: [ownProgram, "runs", "keep-parquet", "--after", "2"])
    }
}
