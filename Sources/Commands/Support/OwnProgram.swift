internal import Agents
internal import Base
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The file of this very program.
var ownProgram: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    // A program that was replaced while it runs has no name of its own any more.
    return link.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil } ?? CommandLine.arguments[0]
}

extension NeoTool {
    /// This program's verbs in a project's folder.
    init(in folder: String) {
        self.init(project: folder) { arguments in
            let result = try await ChildProcess(executable: ownProgram, arguments: arguments).run()
            return Ending(status: result.status, output: result.output, errorOutput: result.errorOutput)
        }
    }
}
