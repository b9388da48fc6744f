#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who decides something, as far as it was said.
package enum PersonName {
    /// Who was named, else whom the environment names; `somebody` where it names nobody.
    package static func of(
        _ given: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        [given, environment["USER"], environment["LOGNAME"]].compactMap { $0 }.first { !$0.isEmpty } ?? "somebody"
    }
}
