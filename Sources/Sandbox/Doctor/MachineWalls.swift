internal import CSandbox
internal import Processes

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

/// Something that walls are made of, and whether this machine has it.
package struct WallPart: Sendable, Hashable, Codable {
    package var name: String
    package var isThere: Bool
    package var detail: String
    /// What to do where it is missing.
    package var remedy: String?
    /// Whether nothing can run inside walls without it.
    package var isNeeded: Bool

    init(_ name: String, _ isThere: Bool, _ detail: String, remedy: String? = nil, isNeeded: Bool = false) {
        self.name = name
        self.isThere = isThere
        self.detail = detail
        self.remedy = isThere ? nil : remedy
        self.isNeeded = isNeeded
    }
}

/// What this machine has to put walls up with.
package struct MachineWalls: Sendable {
    /// Where the kernel's settings are; another folder in tests.
    var kernelSettings = "/proc/sys"
    var user = geteuid()

    package init() {}

    /// Looks at all parts.
    package func parts(environment: [String: String] = ProcessInfo.processInfo.environment) async -> [WallPart] {
        var parts: [WallPart] = []
        let path = executablePath(of: "bwrap", environment: environment)
        parts.append(
            WallPart(
                "bubblewrap", path != nil, path ?? "missing", remedy: "sudo apt-get install bubblewrap", isNeeded: true)
        )
        if let path {
            let answer = try? await ChildProcess(
                executable: path, arguments: ["--version"], timeLimitSeconds: 10
            ).run()
            parts.append(Self.version(answer?.output ?? ""))
        }
        do {
            let sandbox = try Sandbox.find(environment: environment)
            parts.append(WallPart("neo-cell", true, sandbox.cell))
            parts.append(await namespaces(sandbox))
        } catch {
            if path != nil {
                parts.append(
                    WallPart("neo-cell", false, "missing", remedy: (error as? SandboxError)?.message, isNeeded: true))
            }
        }
        parts.append(memory())
        parts.append(
            WallPart(
                "a user that is not root", user != 0,
                user != 0
                    ? "user \(user)"
                    : "Neo runs as root: what gets out of the walls is root, files that runs make belong to root, and the "
                        + "kernel does not count root's processes",
                remedy: "run Neo as a user of its own (setpriv --reuid, or USER in a container's file)"))
        let runsc = executablePath(of: "runsc", environment: environment)
        parts.append(
            WallPart(
                "runsc", runsc != nil,
                runsc.map { "\($0): gVisor, for --runtime runsc" } ?? "not installed: --runtime runsc needs it",
                remedy: "sudo apt-get install runsc, where a kernel between a run and this machine's is wanted"))
        let landlock = Int(neo_sandbox_landlock_version())
        parts.append(
            WallPart(
                "Landlock", landlock >= 6,
                landlock >= 6
                    ? "version \(landlock): a second wall before signals and abstract sockets"
                    : landlock > 0 ? "version \(landlock), too old for what Neo uses it for" : "the kernel has none",
                remedy: "a kernel from 6.12 on with lsm=landlock; Neo does not rely on it"))
        return parts
    }

    /// Whether bubblewrap is one that follows links while it mounts.
    static func version(_ answer: String) -> WallPart {
        let text = answer.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? "unknown"
        let numbers = text.split(separator: ".").compactMap { Int($0) }
        let isNew = numbers.count >= 2 && (numbers[0] > 0 || numbers[1] >= 12)
        return WallPart(
            "bubblewrap's version", isNew,
            isNew
                ? text
                : "\(text): below 0.12 it follows links while it mounts (CVE-2026-87766) unless the distribution mended it; "
                    + "Neo resolves every path before it gets there",
            remedy: "update the package bubblewrap")
    }

    private func namespaces(_ sandbox: Sandbox) async -> WallPart {
        do {
            _ = try await sandbox.run(["/bin/true"], under: SandboxPolicy())
            return WallPart("user namespaces", true, "allowed")
        } catch {
            return namespacesRefused(said: (error as? SandboxError)?.message ?? "\(error)")
        }
    }

    /// Why there are no user namespaces, by the settings that distributions have for that.
    func namespacesRefused(said: String) -> WallPart {
        func setting(_ name: String) -> Int? {
            FileManager.default.contents(atPath: "\(kernelSettings)/\(name)")
                .flatMap { Int(String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace }) }
        }
        var remedy = "in a container: --security-opt seccomp=unconfined, or a host that allows user namespaces"
        if setting("kernel/apparmor_restrict_unprivileged_userns") == 1 {
            remedy =
                "Ubuntu's AppArmor refuses them to programs without a profile: put one for bwrap and neo-cell into "
                + "/etc/apparmor.d (docs/sandbox.md), or: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
        } else if setting("kernel/unprivileged_userns_clone") == 0 {
            remedy = "sudo sysctl kernel.unprivileged_userns_clone=1"
        } else if setting("user/max_user_namespaces") == 0 {
            remedy = "sudo sysctl user.max_user_namespaces=15000"
        }
        return WallPart("user namespaces", false, said, remedy: remedy, isNeeded: true)
    }

    private func memory() -> WallPart {
        let groups = ControlGroups.ofThisProcess
        let names = groups.controllers.map(\.rawValue).sorted().joined(separator: ", ")
        return WallPart(
            "a control group for memory", groups.folder != nil,
            groups.folder != nil
                ? "\(groups.sentence) (\(names))"
                : "\(groups.sentence); Neo looks every 50 ms instead, and refuses memfd_create and shmget, because nobody "
                    + "counts their memory",
            remedy: Attack.Remedy.limits)
    }
}
