#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Where this process may make control groups (cgroup v2) for runs, and what they can limit.
///
/// The rules are those of the kernel's documentation of cgroup v2 and of systemd's "Control Group APIs and Delegation": a
/// group that gives its children controllers holds no processes itself, and only what was delegated is touched.
package struct ControlGroups: Sendable {
    /// What limits of a run a group can keep.
    package enum Controller: String, Sendable, Hashable, CaseIterable {
        case memory
        case processes = "pids"
    }

    /// The group below which runs get theirs; nil where there is none.
    package let folder: String?
    /// What groups below it can limit.
    package let controllers: Set<Controller>
    /// How it is here, for people.
    package let sentence: String
    let files: ControlGroupFiles

    init(folder: String?, controllers: Set<Controller>, sentence: String, files: ControlGroupFiles = .kernel) {
        self.folder = folder
        self.controllers = controllers
        self.sentence = sentence
        self.files = files
    }

    /// No control groups: limits are kept by looking.
    package static let none = ControlGroups(folder: nil, controllers: [], sentence: "none is used")

    /// Those of this process. Found once, because looking may move this process into a group of its own; what a Neo that was
    /// killed left behind is removed then.
    package static let ofThisProcess: ControlGroups = {
        let found = ControlGroups.find()
        found.removeLeftovers()
        return found
    }()

    /// Looks for a group that was delegated to this process.
    ///
    /// - Parameters:
    ///   - process: the folder in `/proc` that says where this process is.
    ///   - number: this process's number.
    static func find(
        process: String = "/proc/self", number: Int32 = getpid(), files: ControlGroupFiles = .kernel
    ) -> ControlGroups {
        func none(_ sentence: String) -> ControlGroups {
            ControlGroups(folder: nil, controllers: [], sentence: sentence, files: files)
        }
        guard let place = ControlGroupPlace(process: process) else {
            return none("the kernel shows no control groups of version 2 here")
        }
        let own = place.folder
        if let taken = enabled(in: own, files) ?? opened(own, by: number, files) { return taken }
        var sentence = reason(own, place)
        // A limit that somebody put on this process is for its runs, too: no run may be outside of it.
        var here = own
        while here != place.mount, isUnlimited(here), let end = here.lastIndex(of: "/") {
            here = String(here[..<end])
            if let taken = enabled(in: here, files) { return taken }
            if here.count < place.mount.count { break }
        }
        if own == place.mount, place.controllers.isEmpty {
            sentence = "the control groups of version 2 here have no controller for memory or processes"
        }
        return none(sentence)
    }

    /// A group that already gives its children what is needed.
    private static func enabled(in folder: String, _ files: ControlGroupFiles) -> ControlGroups? {
        guard isWritable(folder) else { return nil }
        let given = controllers(in: folder + "/cgroup.subtree_control")
        guard given.contains(.memory) else { return nil }
        return ControlGroups(folder: folder, controllers: given, sentence: "below \(folder)", files: files)
    }

    /// This process's own group, made ready: where it is alone there, it moves into a group below it.
    private static func opened(_ folder: String, by number: Int32, _ files: ControlGroupFiles) -> ControlGroups? {
        let there = controllers(in: folder + "/cgroup.controllers")
        guard isWritable(folder), there.contains(.memory) else { return nil }
        let members = ControlGroupFiles.lines(of: folder + "/cgroup.procs")
        // The root of all may hold processes beside its children; it is the one without a type.
        let isRoot = !FileManager.default.fileExists(atPath: folder + "/cgroup.type")
        var moved: String?
        if !isRoot, !members.isEmpty {
            guard members == [String(number)] else { return nil }
            let own = folder + "/" + ControlGroup.name(of: number, "self")
            guard files.make(own) else { return nil }
            guard files.write(String(number), own + "/cgroup.procs") else {
                _ = files.remove(own)
                return nil
            }
            moved = own
        }
        let order = there.map { "+" + $0.rawValue }.sorted().joined(separator: " ")
        guard files.write(order, folder + "/cgroup.subtree_control") else {
            if let moved, files.write(String(number), folder + "/cgroup.procs") { _ = files.remove(moved) }
            return nil
        }
        return ControlGroups(folder: folder, controllers: there, sentence: "below \(folder)", files: files)
    }

    private static func reason(_ folder: String, _ place: ControlGroupPlace) -> String {
        if place.controllers.isEmpty { return "\(folder) was given no controller for memory or processes" }
        if !isWritable(folder) { return "\(folder) may not be changed by this user" }
        return "\(folder) holds other processes than Neo, so that no group below it can be limited"
    }

    private static func isWritable(_ folder: String) -> Bool {
        access(folder, W_OK | X_OK) == 0 && access(folder + "/cgroup.procs", W_OK) == 0
    }

    private static func isUnlimited(_ folder: String) -> Bool {
        let limit = ControlGroupFiles.lines(of: folder + "/memory.max").first
        return limit == nil || limit == "max"
    }

    static func controllers(in file: String) -> Set<Controller> {
        Set(
            ControlGroupFiles.lines(of: file).flatMap { $0.split(separator: " ") }.compactMap {
                Controller(rawValue: String($0))
            })
    }

    /// Removes groups of processes that are gone. One that still holds somebody is not removed, whatever its name says.
    func removeLeftovers() {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
        for name in names where ControlGroup.isLeftOver(name) { _ = files.remove(folder + "/" + name) }
    }
}
