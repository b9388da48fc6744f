internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A policy in the form that runsc takes: a folder with `config.json` after OCI's runtime specification 1.0, and an almost
/// empty root. It is made from the same plan of mounts as bubblewrap's arguments.
struct RunscBundle: Sendable {
    /// The folder, which only this user may enter.
    let folder: String
    private var mounts: [JSONValue] = []
    private var root: String { folder + "/root" }

    /// Where runsc keeps what it knows of the run.
    var stateFolder: String { folder + "/state" }

    init(
        _ plan: MountPlan, command: [String], environment: [(String, String)], limits: SandboxLimits,
        filter: JSONValue
    ) throws {
        folder = FileManager.default.temporaryDirectory.path + "/neo-runsc-\(UUID().uuidString.prefix(12))"
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            try files.createDirectory(atPath: root, withIntermediateDirectories: true)
            try files.createDirectory(atPath: stateFolder, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: folder + "/empty"))
            try add(plan)
            let config = Self.config(
                mounts, command: command, environment: environment, directory: plan.directory, limits: limits,
                filter: filter)
            try Data(config.canonicalText.utf8).write(to: URL(filePath: folder + "/config.json"))
        } catch {
            remove()
            throw SandboxError(.notStarted, "What runsc is told could not be written in \(folder).", cause: error)
        }
    }

    /// Takes it away.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Reads the plan's arguments, in their order: later ones stand on earlier ones.
    private mutating func add(_ plan: MountPlan) throws {
        var words = plan.arguments[...]
        var size: String?
        var mode = "0755"
        func next() throws -> String {
            guard let word = words.popFirst() else {
                throw SandboxError(.notStarted, "The plan of mounts ends in the middle.")
            }
            return word
        }
        while let word = words.popFirst() {
            switch word {
            case "--size": size = try next()
            case "--perms": mode = try next()
            case "--proc": try mount("proc", from: "proc", at: next(), ["nosuid", "nodev", "noexec"])
            case "--dev": try mount("tmpfs", from: "tmpfs", at: next(), ["nosuid"])
            case "--tmpfs":
                let options = ["nosuid", "nodev", "mode=\(mode)"] + (size.map { ["size=\($0)"] } ?? [])
                try mount("tmpfs", from: "tmpfs", at: next(), options)
                (size, mode) = (nil, "0755")
            case "--remount-ro": makeReadOnly(try next())
            case "--symlink":
                let target = try next()
                let path = try next()
                try FileManager.default.createSymbolicLink(atPath: root + path, withDestinationPath: target)
            case "--ro-bind-data":
                let number = Int(try next()) ?? -1
                try offer(plan.data[number - CellRequest.firstDataDescriptor], at: next())
            case "--ro-bind", "--ro-bind-try", "--bind":
                let (source, path) = (try next(), try next())
                guard FileManager.default.fileExists(atPath: source) else { continue }
                try mount(
                    "bind", from: source == "/dev/null" ? folder + "/empty" : source, at: path,
                    ["rbind", word == "--bind" ? "rw" : "ro", "nosuid", "nodev"])
            default: throw SandboxError(.policy, "runsc cannot do what \(word) of bubblewrap does.")
            }
        }
    }

    private mutating func mount(_ type: String, from source: String, at path: String, _ options: [String]) throws {
        try makePlace(path, isFolder: type != "bind" || MountPlan.isFolder(source))
        mounts.append([
            "destination": .string(path), "type": .string(type), "source": .string(source),
            "options": .array(options.map { .string($0) }),
        ])
    }

    /// Somewhere to stand, where nothing that was mounted before has it.
    private func makePlace(_ path: String, isFolder: Bool) throws {
        let isBelow = mounts.contains { ($0["destination"]?.string).map { path.hasPrefix($0 + "/") } ?? false }
        guard !isBelow, !FileManager.default.fileExists(atPath: root + path) else { return }
        let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try FileManager.default.createDirectory(atPath: root + parent, withIntermediateDirectories: true)
        if isFolder {
            try FileManager.default.createDirectory(atPath: root + path, withIntermediateDirectories: true)
        } else {
            try Data().write(to: URL(filePath: root + path))
        }
    }

    /// A file of Neo's own: in the root, or on what is mounted.
    private mutating func offer(_ bytes: [UInt8], at path: String) throws {
        let file = folder + "/data-\(mounts.count)"
        try Data(bytes).write(to: URL(filePath: file))
        try mount("bind", from: file, at: path, ["rbind", "ro", "nosuid", "nodev"])
    }

    private mutating func makeReadOnly(_ path: String) {
        // runsc's own /proc and /dev show nothing of the machine's.
        guard path != "/proc", path != "/dev",
            let place = mounts.lastIndex(where: { $0["destination"]?.string == path }),
            case .object(var members) = mounts[place]
        else { return }
        members["options"] = .array((members["options"]?.array ?? []) + ["ro"])
        mounts[place] = .object(members)
    }

    private static func config(
        _ mounts: [JSONValue], command: [String], environment: [(String, String)], directory: String,
        limits: SandboxLimits, filter: JSONValue
    ) -> JSONValue {
        func limit(_ name: String, _ value: Int) -> JSONValue {
            ["type": .string(name), "soft": .integer(value), "hard": .integer(value)]
        }
        return [
            "ociVersion": "1.0.2", "hostname": "sandbox", "root": ["path": "root", "readonly": true],
            "process": [
                "terminal": false, "user": ["uid": 0, "gid": 0], "args": .array(command.map { .string($0) }),
                "env": .array(environment.map { .string("\($0.0)=\($0.1)") }), "cwd": .string(directory),
                "noNewPrivileges": true, "capabilities": [:],
                "rlimits": [
                    limit("RLIMIT_CORE", 0), limit("RLIMIT_NOFILE", 1_024), limit("RLIMIT_FSIZE", limits.fileBytes),
                    limit("RLIMIT_CPU", Int(min(limits.cpuSeconds.rounded(.up), 1e9)) + 1),
                    limit("RLIMIT_DATA", limits.memoryBytes),
                ],
            ],
            "mounts": .array(mounts),
            "linux": [
                "namespaces": .array(["pid", "network", "ipc", "uts", "mount"].map { ["type": .string($0)] }),
                "seccomp": filter,
            ],
        ]
    }
}
