/// What a program inside the walls may see, change and reach. All that is not named is not there.
///
/// Paths are absolute, and are the same inside as outside. Where two rules are about one path, the narrower path wins;
/// of rules about the same path, the stricter.
///
/// ```swift
/// var policy = SandboxPolicy(workspace: "/home/ada/project")
/// policy.limits.wallSeconds = 30
/// policy.network = .hosts(try HostRules(allow: ["api.example.org", "*.example.net"]))
/// ```
package struct SandboxPolicy: Sendable, Hashable, Codable {
    /// Which unix sockets may be opened. Pairs of connected sockets are always allowed.
    package enum UnixSockets: String, Sendable, Hashable, Codable {
        /// None.
        case none
        /// Those that are made inside; the workspace must be one in which nobody else listens.
        case own
    }

    /// What of the network is reachable.
    package enum Network: Sendable, Hashable, Codable {
        /// Nothing; not even the machine itself.
        case none
        /// Hosts by name, through Neo.
        case hosts(HostRules)
    }

    /// Files and folders that may be read, besides the system's programs and libraries.
    package var readable: [String]
    /// Files and folders that may also be changed.
    package var writable: [String]
    /// Files and folders inside those that are not there.
    package var hidden: [String]
    /// Files and folders inside writable ones that may only be read, whether they exist or not.
    package var protected: [String]
    /// The same, only for those that exist.
    package var protectedWhereThere: [String]
    /// Files that read as something else: path → what stands in it.
    package var replaced: [String: [UInt8]]
    /// All variables of the environment; `PATH`, `HOME`, `TMPDIR` and `LANG` have values where they are not named.
    package var environment: [String: String]
    /// Where the program starts; the first writable folder, or `/tmp`, where nil.
    package var directory: String?
    package var network: Network
    /// Servers that are used with a key that stays outside; they need `network` to be `.hosts`, whatever its rules.
    package var upstreams: [NamedUpstream]
    package var unixSockets: UnixSockets
    /// A port of the run's own loopback that is reachable at the same port of this machine's: for servers.
    package var served: Int?
    /// Devices that it may use besides those without which nothing works: graphics cards.
    package var devices: [String]
    package var limits: SandboxLimits

    /// A policy that allows nothing but the system's programs and `/tmp`.
    package init(
        readable: [String] = [], writable: [String] = [], hidden: [String] = [], protected: [String] = [],
        protectedWhereThere: [String] = [], replaced: [String: [UInt8]] = [:], environment: [String: String] = [:],
        directory: String? = nil,
        network: Network = .none, upstreams: [NamedUpstream] = [], unixSockets: UnixSockets = .none,
        served: Int? = nil, devices: [String] = [], limits: SandboxLimits = SandboxLimits()
    ) {
        self.readable = readable
        self.writable = writable
        self.hidden = hidden
        self.protected = protected
        self.protectedWhereThere = protectedWhereThere
        self.replaced = replaced
        self.environment = environment
        self.directory = directory
        self.network = network
        self.upstreams = upstreams
        self.unixSockets = unixSockets
        self.served = served
        self.devices = devices
        self.limits = limits
    }

    /// A policy for work in a folder: it may be changed, except for what Neo, version control, editors and shells trust.
    package init(workspace: String) {
        self.init(
            writable: [workspace], hidden: WorkspaceProtection.hidden.map { workspace + "/" + $0 },
            protected: WorkspaceProtection.readOnly.map { workspace + "/" + $0 },
            protectedWhereThere: WorkspaceProtection.readOnlyWhereThere.map { workspace + "/" + $0 },
            directory: workspace)
    }

    /// Lets a file be changed, or a folder but for what Neo, version control, editors and shells trust in it.
    package mutating func add(workspace path: String) {
        writable.append(path)
        guard MountPlan.isFolder(path) else { return }
        let one = SandboxPolicy(workspace: path)
        hidden += one.hidden
        protected += one.protected
        protectedWhereThere += one.protectedWhereThere
    }
}
