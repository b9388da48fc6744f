#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The path of a program on PATH, or nil where there is none. Starts nothing.
package func executablePath(
    of name: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
) -> String? {
    (environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/\(name)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}
