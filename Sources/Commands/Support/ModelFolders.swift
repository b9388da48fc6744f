internal import Base
internal import Downloads
internal import Encoders

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// The store of this machine: its folder, endpoint, token and proxies as the environment has them.
    static var machine: ModelStore {
        let environment = ProcessInfo.processInfo.environment
        return ModelStore(
            root: standardRoot(environment), hub: HubClient(environment: environment), check: SupportedModel.check)
    }
}
