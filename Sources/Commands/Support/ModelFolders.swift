internal import Base
internal import Downloads
internal import Engineer
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// The store of this machine: its folder, endpoint, token and proxies as the environment has them.
    static var machine: ModelStore {
        let environment = ProcessInfo.processInfo.environment
        return ModelStore(root: standardRoot(environment), hub: HubClient(environment: environment))
    }
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
