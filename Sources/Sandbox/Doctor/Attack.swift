/// One attempt to get through the walls: a small program, and what it shows when it succeeds.
///
/// The program is Python, where raw system calls need no compiler, or shell. It prints `THROUGH why`, `BLOCKED why` or
/// `SKIPPED why` as a line of its own; what fails is `BLOCKED` by itself. Its environment names the targets of
/// `AttackRange`.
struct Attack: Sendable, Hashable {
    /// What kind of wall it is about.
    enum Area: String, Sendable, Hashable, CaseIterable {
        case escape, kernel, processes, files, workspace, sockets, network, egress, neighbours, terminal, setuid, limits
    }

    /// What is looked at from outside when the program is over, which counts for more than what it says.
    enum Evidence: String, Sendable, Hashable {
        case none
        /// A file outside the workspace was changed.
        case outsideChanged
        /// Something in the workspace that is protected was changed, or made.
        case workspaceChanged
        /// A process of the host was ended.
        case victimEnded
        /// A file in the workspace runs as its owner.
        case setUserFile
        /// A listener of the host was reached.
        case listenerReached
        /// Whoever reads the workspace from outside is led to a secret, or waits forever.
        case plantedFile
        /// Somebody outside was asked for a name that holds a secret.
        case nameAsked
        /// Another run's server or proxy was asked for something.
        case neighbourReached
        /// A process of another run was ended.
        case neighbourEnded
        /// A process that outlived the run wrote into the workspace.
        case lateWrite
    }

    /// Whether the attacker has a network in which some hosts are allowed.
    var hasHosts: Bool { area == .egress || area == .neighbours }

    enum Language: Sendable, Hashable { case python, shell }

    let name: String
    let area: Area
    /// What to do where it gets through.
    let remedy: String
    var language = Language.python
    var evidence = Evidence.none
    let program: String

    init(
        _ name: String, _ area: Area, remedy: String = Remedy.walls, language: Language = .python,
        evidence: Evidence = .none, _ program: String
    ) {
        self.name = name
        self.area = area
        self.remedy = remedy
        self.language = language
        self.evidence = evidence
        self.program = program
    }

    /// What helps, where more than one attack needs it.
    enum Remedy {
        static let walls = "update bubblewrap and libseccomp, and run Neo as a user, not as root"
        static let filter = "update libseccomp (2.5 or newer), and look whether the kernel has CONFIG_SECCOMP_FILTER"
        static let user = "run Neo as a user, not as root"
        static let limits =
            "give Neo a control group of its own: systemd-run --user --scope -p Delegate=yes neo … (docs/sandbox.md)"
        static let report = "this is a defect of Neo: please report it with `neo sandbox doctor --json`"
    }

    /// All of them, in the order of the table.
    static var all: [Attack] {
        escapes + kernelCalls + otherProcesses + outsideFiles + workspaceFiles + socketFamilies + wayOut + egress
            + neighbours
            + terminals
            + setUserFiles + bombs
    }
}
