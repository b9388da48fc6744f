package import Sandbox

/// What a system that is a program may see, change and reach besides the project's folder, which it may read.
package struct ExternalWalls: Sendable, Hashable {
    /// Whether it runs without walls, which `neo.yaml` must say, and reports repeat.
    package var isOff = false
    /// Files and folders that it may read, relative to the project's folder.
    package var read: [String] = []
    /// Files and folders that it may also change.
    package var write: [String] = []
    /// Hosts that it may reach, as rules of `HostRules`.
    package var net: [String] = []
    /// The environment's variables that it gets.
    package var environment: [String] = []

    package init() {}

    /// What it may reach.
    ///
    /// - Throws: `SandboxError` with the first rule that cannot be kept.
    package func network() throws(SandboxError) -> SandboxPolicy.Network {
        net.isEmpty ? .none : .hosts(try HostRules(allow: net))
    }

    /// What held it while it was measured, for a report.
    ///
    /// - Parameter whyNone: why nothing runs inside walls on this machine; nil where it does.
    func sentence(_ name: String, whyNone: String?) -> String {
        if let why = isOff ? "neo.yaml says" : whyNone {
            return "\(name) ran without walls, as \(why): it could see the golden questions, change what this user may "
                + "change, and reach any host."
        }
        func list(_ items: [String], _ none: String, _ some: String) -> String {
            items.isEmpty ? none : "\(some) \(items.joined(separator: ", "))"
        }
        let parts = [
            list(read, "", "and"), list(write, "could change nothing", "could change"),
            list(net, "reached no host", "could reach"), list(environment, "", "was given"),
        ].filter { !$0.isEmpty }
        return "\(name) ran inside walls: it saw the project's folder without the golden questions"
            + (parts[0].hasPrefix("and ") ? " " : ", ") + parts.joined(separator: ", ") + "."
    }
}
