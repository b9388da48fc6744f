internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The walls around a local model's server. Weights are files that strangers made, and what reads them is a large program in
/// C++: it sees the weights, its key and its own files, writes nowhere, and reaches nobody. Its port is let in by Neo.
struct LocalServerWalls: Sendable {
    private let sandbox: Sandbox

    /// The walls of this machine; nil where the user does without, or the system has none.
    ///
    /// - Throws: `LocalRuntimeError` with what to install where there are none.
    init?(_ environment: [String: String]) throws(LocalRuntimeError) {
        guard ConfinedProcess.whyNone(environment) == nil else { return nil }
        do {
            sandbox = try Sandbox.find(environment: environment)
        } catch {
            let message = (error as? SandboxError)?.message ?? "\(error)"
            throw LocalRuntimeError(
                "Local models are served inside walls only. \(message) (\(ConfinedProcess.switchName)=off does without.)",
                cause: error)
        }
    }

    /// Serves until the server ends; what it prints goes to the log.
    ///
    /// - Returns: its status; 126 where the walls could not be put up, or somebody else has the port.
    func serve(
        _ plan: LocalServerPlan, port: Int, folder: LocalServerFolder, environment: [String: String],
        onStart: @escaping @Sendable (SandboxedProcess) -> Void
    ) async throws -> Int {
        let child = plan.engine.child(
            plan.resolved, port: port, folder: LocalServerFolder(Self.resolved(folder.path)), environment: environment)
        let log = try BoundedLog(folder.logPath)
        do {
            return try await sandbox.run(
                [child.executable] + child.arguments, under: policy(child, plan.resolved, port, folder),
                onPiece: { log.append($1) }, onStart: onStart
            ).status
        } catch let error as SandboxError {
            Array("neo: \(error.message)\n".utf8).withUnsafeBytes { log.append($0) }
            return 126
        }
    }

    private func policy(
        _ child: ChildProcess, _ plan: LocalServerPlan, _ port: Int, _ folder: LocalServerFolder
    ) -> SandboxPolicy {
        let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        return SandboxPolicy(
            readable: ProgramFiles(of: child.executable).paths.filter { FileManager.default.fileExists(atPath: $0) }
                + [plan.path, Self.resolved(folder.keyPath)],
            environment: (child.environment ?? [:]).filter { Self.isPassed($0.key) }, directory: "/tmp", served: port,
            devices: Self.devices,
            // It lives until nobody uses it, and the plan says that there is memory for it.
            limits: SandboxLimits(
                wallSeconds: 1e9, cpuSeconds: 1e9, memoryBytes: memory, processes: 512 + plan.threads,
                fileBytes: 1 << 30,
                temporaryBytes: 1 << 30, outputBytes: .max >> 1, shownBytes: 1 << 10))
    }

    /// Graphics cards, where there are any.
    private static var devices: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
        return names.filter { $0.hasPrefix("nvidia") || $0 == "dri" || $0 == "kfd" }.sorted().map { "/dev/" + $0 }
    }

    /// Variables that say how to compute.
    private static func isPassed(_ name: String) -> Bool {
        ["PATH", "LANG", "TZ", "LD_LIBRARY_PATH"].contains(name)
            || ["LC_", "OMP_", "GOMP_", "GGML_", "CUDA_", "NVIDIA_", "HIP_", "ROCR_", "HSA_"].contains {
                name.hasPrefix($0)
            }
    }

    fileprivate static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}

extension LocalServerPlan {
    /// The same with the path of the weights that it has inside walls: the one without links.
    fileprivate var resolved: LocalServerPlan {
        var plan = self
        plan.path = LocalServerWalls.resolved(path)
        return plan
    }
}
