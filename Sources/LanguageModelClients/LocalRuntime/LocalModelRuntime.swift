internal import Base
internal import Downloads
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Models that run on this machine: started when somebody wants one, shared by all processes of this user, ended when
/// nobody has used them for a while.
///
/// ```swift
/// let use = try await runtime.use("smollm2-135m-instruct", file: path)
/// print(use.endpoint.url)  // http://127.0.0.1:PORT/v1, for as long as `use` lives
/// ```
package struct LocalModelRuntime: Sendable {
    /// A server that runs, or one that failed.
    package struct Server: Sendable, Hashable {
        /// What it runs.
        package var plan: LocalServerPlan
        /// How far it is.
        package var state: LocalServerState
        /// Whether some process uses it now.
        package var isInUse: Bool
        /// Where its output goes.
        package var log: String
    }

    /// The folder of servers and engines.
    package let root: String
    let supervisor: [String]
    let environment: [String: String]
    let machine: @Sendable () -> LocalMachine
    let engine: @Sendable () async throws -> LocalEngine

    /// A runtime.
    ///
    /// - Parameters:
    ///   - supervisor: the program, and what stands before the folder among its arguments, that calls
    ///     `LocalServerSupervisor.run`.
    ///   - engine: what runs the models.
    package init(
        root: String, supervisor: [String], environment: [String: String],
        machine: @escaping @Sendable () -> LocalMachine = { .current },
        engine: @escaping @Sendable () async throws -> LocalEngine
    ) {
        self.root = root
        self.supervisor = supervisor
        self.environment = environment
        self.machine = machine
        self.engine = engine
    }

    /// `$NEO_HOME/runtime`, `$XDG_DATA_HOME/neo/runtime` or `~/.local/share/neo/runtime`.
    package static func standardRoot(_ environment: [String: String]) -> String {
        PythonEnvironment.standardRoot(environment)
    }

    /// llama-server where it is on PATH, else xllamacpp, which is installed when it is first wanted.
    package static func standardEngine(
        root: String, environment: [String: String], progress: @escaping @Sendable (String) -> Void
    ) async throws -> LocalEngine {
        if let path = executablePath(of: "llama-server", environment: environment) { return .llamaServer(path: path) }
        return .xllamacpp(python: try await XllamacppInstallation(root: root).installed(progress: progress))
    }

    /// All servers that run or failed last time.
    package func servers() -> [Server] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/servers")) ?? []
        return names.sorted().compactMap { name in
            let folder = LocalServerFolder("\(root)/servers/\(name)")
            guard let plan = folder.plan, let state = folder.state, folder.isSupervised || state.phase == .failed
            else { return nil }
            return Server(
                plan: plan, state: state, isInUse: FileLease.isHeldShared(folder.leasePath), log: folder.logPath)
        }
    }

    /// Ends servers, those of one model or all; answers the names of their models. Requests in flight break off.
    package func stop(_ model: String?) async throws -> [String] {
        var stopped: [String] = []
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: root + "/servers")) ?? []).sorted() {
            let folder = LocalServerFolder("\(root)/servers/\(name)")
            guard let plan = folder.plan, model == nil || plan.model == model || plan.path == model else { continue }
            guard folder.isSupervised, let state = folder.state else { continue }
            state.supervisor.terminate()
            for _ in 0..<100 where folder.isSupervised { try await Task.sleep(for: .milliseconds(100)) }
            if folder.isSupervised {
                state.supervisor.kill()
                folder.state?.server?.kill()
            }
            stopped.append(plan.model)
        }
        guard let model, stopped.isEmpty else { return stopped }
        let running = servers().map(\.plan.model)
        let others = running.isEmpty ? "none runs" : "running: \(running.joined(separator: ", "))"
        throw LocalRuntimeError("No model \(model) runs here; \(others).")
    }

    /// The folder of a model's server: models of the store by their names, files by their paths.
    func folder(of model: String, file: String) -> LocalServerFolder {
        let safe = model.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        let hash = ContentHash(of: Data(file.utf8)).short
        return LocalServerFolder("\(root)/servers/\(String(safe).suffix(60))-\(hash)")
    }
}
