internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Sandbox {
    /// The walls of this machine.
    ///
    /// - Parameter runtime: what is to put them up.
    /// - Throws: `SandboxError` with what to install, where there are none.
    package static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment, runtime: SandboxRuntime = .bubblewrap
    ) throws -> Sandbox {
        #if os(Linux)
            if runtime == .runsc {
                guard let runsc = executablePath(of: "runsc", environment: environment) else {
                    throw SandboxError(
                        .unavailable,
                        "Nothing can be run on gVisor here: runsc is not installed. Run: sudo apt-get install runsc")
                }
                return Sandbox(bubblewrap: "", cell: "", runsc: runsc)
            }
            guard let bubblewrap = executablePath(of: "bwrap", environment: environment) else {
                throw SandboxError(
                    .unavailable,
                    "Nothing can be run inside walls here: bubblewrap is not installed. "
                        + "Run: sudo apt-get install bubblewrap")
            }
            guard let cell = besideThisProgram("neo-cell") else {
                throw SandboxError(
                    .unavailable,
                    "Nothing can be run inside walls here: neo-cell is not beside neo. Install both, or build both: "
                        + "make release")
            }
            return Sandbox(bubblewrap: bubblewrap, cell: cell, groups: .ofThisProcess)
        #else
            throw SandboxError(.unavailable, otherSystem)
        #endif
    }

    private static func besideThisProgram(_ name: String) -> String? {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let folder = own[..<(own.lastIndex(of: "/") ?? own.startIndex)]
        let path = "\(folder)/\(name)"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
}
