internal import Base
internal import Downloads
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The right to a local server: it runs for as long as somebody holds one of these, in whatever process.
package final class LocalModelUse: Sendable {
    private let folder: LocalServerFolder
    private let lease: FileLease
    /// What runs, and how.
    package let plan: LocalServerPlan
    private let first: LocalServerState

    init(folder: LocalServerFolder, lease: FileLease, plan: LocalServerPlan, state: LocalServerState) {
        self.folder = folder
        self.lease = lease
        self.plan = plan
        first = state
    }

    /// Where the model is asked: after a crash it may be another port.
    package var endpoint: ModelEndpoint {
        let state = folder.state ?? first
        return ModelEndpoint(
            api: .openai, url: "http://127.0.0.1:\(state.port)/v1", model: plan.model, key: Secret(state.key),
            dollarsPerMillionTokens: 0)
    }

    /// The file with the key, which only this user may read.
    package var keyPath: String { folder.keyPath }
}

extension LocalModelRuntime {
    /// Starts a model's server if nobody has yet, and waits until it answers.
    ///
    /// - Parameters:
    ///   - model: the name that requests and messages use.
    ///   - file: the GGUF file.
    ///   - idleSeconds: how long the server stays when nobody uses it any more.
    /// - Throws: `DownloadsError` where the file is no usable GGUF file; `LocalRuntimeError` where there is too little
    ///   memory, or the server does not start, with the end of its log.
    package func use(
        _ model: String, file: String, idleSeconds: Double = 300,
        waiting: @Sendable (String) -> Void = { _ in }
    ) async throws -> LocalModelUse {
        let header = try GGUFHeader(path: file)
        let folder = folder(of: model, file: file)
        try folder.make()
        let lease = try await takeLease(folder)
        var starts = 0
        var started = 0.0
        let clock = ContinuousClock()
        var lastStart = clock.now
        while true {
            let state = folder.state
            switch state?.phase {
            case .ready where folder.isSupervised:
                guard let state, let plan = folder.plan else { break }
                return LocalModelUse(folder: folder, lease: lease, plan: plan, state: state)
            // An earlier failure says nothing about this start.
            case .failed where starts > 0 && (state?.started ?? 0) >= started:
                throw LocalRuntimeError(state?.reason ?? "The local model \(model) could not be started.")
            default: break
            }
            if !folder.isSupervised, starts == 0 || clock.now - lastStart > .seconds(5) {
                guard starts < 3 else {
                    throw LocalRuntimeError(
                        "The server of the local model \(model) could not be started; the log is \(folder.logPath).")
                }
                if starts == 0 { started = Date().timeIntervalSince1970 }
                try await start(model, file: file, header, idleSeconds: idleSeconds, in: folder)
                starts += 1
                lastStart = clock.now
                waiting("loading \(model)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits for a supervisor that is just ending its server.
    private func takeLease(_ folder: LocalServerFolder) async throws -> FileLease {
        while true {
            if let lease = try FileLease(folder.leasePath, shared: true) { return lease }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func start(
        _ model: String, file: String, _ header: GGUFHeader, idleSeconds: Double, in folder: LocalServerFolder
    ) async throws {
        let machine = machine()
        let length = try machine.contextLength(for: header, of: model)
        try folder.write(
            LocalServerPlan(
                model: model, path: file, engine: try await engine(), contextLength: length,
                threads: machine.inferenceThreads, idleSeconds: max(0.1, idleSeconds),
                memoryBytes: LocalMachine.memory(of: header, contextLength: length),
                isContextReduced: length < min(8192, header.contextLength ?? 4096)))
        guard let program = supervisor.first else { return }
        try await ChildProcess(
            executable: program, arguments: supervisor.dropFirst() + [folder.path], environment: environment
        ).startDetached(appendingTo: folder.logPath)
    }
}
