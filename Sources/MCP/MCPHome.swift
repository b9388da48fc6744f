#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where Neo keeps what it knows of servers.
package enum MCPHome {
    /// `$NEO_HOME/mcp`, `$XDG_DATA_HOME/neo/mcp` or `~/.local/share/neo/mcp`.
    package static func folder(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("NEO_HOME") { return home + "/mcp" }
        let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        return (value("XDG_DATA_HOME") ?? home + "/.local/share") + "/neo/mcp"
    }
}
