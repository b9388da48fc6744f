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

/// What a policy's paths become: bubblewrap's arguments, files that it makes, and what is cleaned up afterwards.
///
/// Every path is resolved here, before bubblewrap sees it: bubblewrap before 0.12 follows links while it mounts
/// (CVE-2026-87766), and what a run left in its workspace is nobody's to trust.
struct MountPlan: Sendable {
    private(set) var arguments: [String] = []
    private(set) var data: [[UInt8]] = []
    /// Files and folders that did not exist, and are made so that something can stand on them.
    private(set) var stubs: [WorkspaceStub] = []
    /// Links that stand where something is protected, which nothing can be mounted on.
    private(set) var links: [ProtectedLink] = []
    /// Where the program starts.
    private(set) var directory = "/tmp"

    private enum Rule: Int, Comparable {
        case readable, pinned, writable, readOnly, replaced, hidden, missing
        static func < (left: Rule, right: Rule) -> Bool { left.rawValue < right.rawValue }
    }

    /// A plan.
    ///
    /// - Throws: `SandboxError` where a path is not absolute, or is not there.
    init(_ policy: SandboxPolicy) throws {
        addSystem(policy)
        var rules: [String: (rule: Rule, content: [UInt8])] = [:]
        func add(_ path: String, _ rule: Rule, _ content: [UInt8] = []) {
            if let there = rules[path], there.rule >= rule { return }
            rules[path] = (rule, content)
        }
        for path in policy.readable { add(try Self.existing(path), .readable) }
        let writable = try policy.writable.map(Self.existing)
        for path in writable { add(path, .writable) }
        for (path, stub) in policy.protected.map({ ($0, true) }) + policy.protectedWhereThere.map({ ($0, false) }) {
            guard let resolved = try protection(of: path, within: writable, stub: stub) else { continue }
            // A policy that names the very path as writable means it.
            guard !writable.contains(resolved) else { continue }
            for folder in Self.folders(above: resolved, within: writable) { add(folder, .pinned) }
            add(resolved, stubs.contains { $0.path == resolved && !$0.isFolder } ? .missing : .readOnly)
        }
        for path in policy.hidden {
            guard let resolved = try protection(of: path, within: writable, stub: true) else { continue }
            for folder in Self.folders(above: resolved, within: writable) { add(folder, .pinned) }
            add(resolved, .hidden)
        }
        for (path, content) in policy.replaced {
            guard let resolved = try protection(of: path, within: writable, stub: false) else { continue }
            for folder in Self.folders(above: resolved, within: writable) { add(folder, .pinned) }
            add(resolved, .replaced, content)
        }
        // Narrower paths come later, and so stand on wider ones.
        for (path, entry) in rules.sorted(by: { $0.key < $1.key }) { mount(path, entry.rule, entry.content) }
        if let wanted = policy.directory {
            directory = try Self.existing(wanted)
        } else if let first = writable.first {
            directory = Self.isFolder(first) ? first : String(first[..<(first.lastIndex(of: "/") ?? first.endIndex)])
        }
    }

    private mutating func addSystem(_ policy: SandboxPolicy) {
        let size = String(policy.limits.temporaryBytes)
        arguments += ["--ro-bind", "/usr", "/usr"]
        for name in ["bin", "sbin", "lib", "lib64", "lib32"] where FileManager.default.fileExists(atPath: "/" + name) {
            // Where these are folders of their own, as on systems that have not merged them.
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: "/" + name)) != nil {
                arguments += ["--symlink", "usr/" + name, "/" + name]
            } else {
                arguments += ["--ro-bind", "/" + name, "/" + name]
            }
        }
        for path in [
            "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf",
            "/etc/ld.so.conf.d", "/etc/localtime", "/etc/mime.types", "/etc/services", "/etc/protocols",
        ] { arguments += ["--ro-bind-try", path, path] }
        // Whoever is root outside owns the kernel's switches in /proc (core_pattern runs a program as root on the host), also
        // without any capability: what counts there is the user, and who that is outside.
        arguments += [
            "--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm",
        ]
        for path in policy.devices { arguments += ["--dev-bind-try", path, path] }
        if !policy.devices.isEmpty {
            // Where drivers look for what kind of device it is.
            for path in ["/sys/class/drm", "/sys/dev/char", "/sys/devices", "/sys/bus/pci", "/sys/module"] {
                arguments += ["--ro-bind-try", path, path]
            }
        }
        arguments += ["--remount-ro", "/dev"]
        arguments += ["--size", size, "--perms", "1777", "--tmpfs", "/tmp"]
        let files = [
            "/etc/passwd": "sandbox:x:65534:65534:sandbox:/tmp:/bin/sh\n",
            "/etc/group": "sandbox:x:65534:\n",
            "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
            "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
            "/etc/resolv.conf": "nameserver 127.0.0.1\noptions timeout:5 attempts:1\n",
        ]
        for (path, text) in files.sorted(by: { $0.key < $1.key }) { offer(Array(text.utf8), at: path) }
    }

    private mutating func offer(_ bytes: [UInt8], at path: String) {
        arguments += ["--ro-bind-data", String(CellRequest.firstDataDescriptor + data.count), path]
        data.append(bytes)
    }

    private mutating func mount(_ path: String, _ rule: Rule, _ content: [UInt8]) {
        switch rule {
        case .readable, .readOnly: arguments += ["--ro-bind", path, path]
        // A folder that something stands on cannot be moved away with what it protects.
        case .writable, .pinned: arguments += ["--bind", path, path]
        case .replaced: offer(content, at: path)
        // A device, which version control does not take for a new file.
        case .missing: arguments += ["--ro-bind", "/dev/null", path]
        case .hidden:
            if Self.isFolder(path) {
                arguments += ["--perms", "0555", "--tmpfs", path, "--remount-ro", path]
            } else {
                arguments += ["--ro-bind", "/dev/null", path]
            }
        }
    }

    /// Where a protection must stand: the resolved path, or nil where the path is not inside anything writable and so
    /// cannot be changed (or seen) anyway.
    private mutating func protection(of path: String, within writable: [String], stub: Bool) throws -> String? {
        guard path.hasPrefix("/") else { throw Self.notAbsolute(path) }
        guard let root = writable.filter({ Self.isInside(path, $0) }).max(by: { $0.count < $1.count }) else {
            return FileManager.default.fileExists(atPath: path) ? try? Self.existing(path) : nil
        }
        var here = root
        for name in path.dropFirst(root.count).split(separator: "/") {
            guard name != "..", name != "." else { throw Self.notAbsolute(path) }
            here += "/" + name
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: here) {
                links.append(ProtectedLink(path: here, target: target))
                guard let resolved = try? Self.existing(path), Self.isInside(resolved, root) else { return nil }
                return resolved
            }
            // What another run protects, or a killed one left, is as missing as nothing.
            if !FileManager.default.fileExists(atPath: here) || WorkspaceStub.isStub(here) {
                guard stub else { return nil }
                if stubs.contains(where: { $0.path == here }) { return here }
                let isFolder = here != path || WorkspaceStub.isFolder(named: path)
                stubs.append(try WorkspaceStub(path: here, isFolder: isFolder))
                return here
            }
        }
        return here
    }

    static func existing(_ path: String) throws -> String {
        guard path.hasPrefix("/") else { throw notAbsolute(path) }
        guard let resolved = path.withCString({ realpath($0, nil) }) else {
            throw SandboxError(.policy, "The sandbox should show \(path), which is not there.")
        }
        defer { free(resolved) }
        let text = String(cString: resolved)
        guard text != "/", text != "/proc", text != "/dev", !text.hasPrefix("/proc/"), !text.hasPrefix("/sys") else {
            throw SandboxError(.policy, "The sandbox may not show \(text): name the folders that are needed.")
        }
        return text
    }

    /// The path without links; the path itself where it is not there.
    static func resolvedOrSame(_ path: String) -> String { (try? existing(path)) ?? path }

    private static func notAbsolute(_ path: String) -> SandboxError {
        SandboxError(.policy, "The sandbox needs absolute paths without \"..\", not \"\(path)\".")
    }

    /// The folders between a writable one and a path in it.
    private static func folders(above path: String, within writable: [String]) -> [String] {
        guard let root = writable.filter({ isInside(path, $0) }).max(by: { $0.count < $1.count }) else { return [] }
        var folders: [String] = []
        var here = path
        while let end = here.lastIndex(of: "/"), end > here.startIndex {
            here = String(here[..<end])
            if here.count <= root.count { break }
            folders.append(here)
        }
        return folders
    }

    static func isInside(_ path: String, _ root: String) -> Bool { path == root || path.hasPrefix(root + "/") }

    static func isFolder(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory
    }
}

extension MountPlan {
    /// Takes away what was made only for this run.
    func removeStubs() {
        // What lies deeper goes first.
        for stub in stubs.sorted(by: { $0.path.count > $1.path.count }) { stub.remove() }
    }

    /// Puts protected links back.
    ///
    /// - Returns: a sentence for each that had been changed.
    func restoreLinks() -> [String] {
        links.filter { $0.restore() }.map {
            "\($0.path) was replaced, which was put back; what stood there is in \($0.path).changed-in-sandbox."
        }
    }
}
