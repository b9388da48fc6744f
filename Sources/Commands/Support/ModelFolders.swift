internal import Base
internal import Downloads
internal import Engineer
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where Neo keeps what belongs to the machine, by the XDG rules; `NEO_HOME` moves all of it.
enum MachineFolders {
    /// Weights.
    static func models(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        ModelStore.standardRoot(environment)
    }
}

extension ModelStore {
    /// The store of this machine.
    static var machine: ModelStore { ModelStore(root: MachineFolders.models()) }
}

extension Workspace.Ports {
    /// Encoders from the machine's model store.
    static func machine(onEncoding: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) -> Workspace.Ports {
        let store = ModelStore.machine
        return Workspace.Ports(
            encoderFiles: { name in
                let entry = try store.catalogue.entry(name)
                return Workspace.EncoderFiles(folder: try store.folder(of: name), identity: entry.identity)
            },
            threads: processorCount,
            onEncoding: onEncoding
        )
    }
}
