/// What held a run, as it was, not as it was wished for.
package struct SandboxWalls: Sendable, Hashable, Codable {
    /// What keeps a limit.
    package enum Keeper: String, Sendable, Hashable, Codable {
        /// The kernel: a control group.
        case controlGroup = "control_group"
        /// Neo looks every 50 ms; a run may be over its limit for so long.
        case watchdog
    }

    /// What keeps memory in its limit.
    package var memory: Keeper
    /// What keeps the number of processes in its limit.
    package var processes: Keeper
    /// What else, in the order in which it was put up.
    package var layers: [String]

    init(_ group: ControlGroup?, hasLandlock: Bool) {
        func keeper(_ controller: ControlGroups.Controller) -> Keeper {
            group?.controllers.contains(controller) == true ? .controlGroup : .watchdog
        }
        memory = keeper(.memory)
        processes = keeper(.processes)
        layers =
            (group == nil ? [] : ["control group"]) + ["rlimits"]
            + (hasLandlock ? ["landlock"] : []) + ["bubblewrap", "seccomp"]
    }

    /// Walls of which Neo keeps the limits alone.
    init(layers: [String]) {
        memory = .watchdog
        processes = .watchdog
        self.layers = layers
    }

    /// For people: what keeps memory and processes in their limits.
    package var sentence: String {
        func words(_ keeper: Keeper) -> String {
            keeper == .controlGroup ? "a control group" : "looking every 50 ms"
        }
        return memory == processes
            ? "memory and processes kept by \(words(memory))"
            : "memory kept by \(words(memory)), processes by \(words(processes))"
    }
}
