#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Runs the body with the path of an empty folder of its own, which is removed afterwards, also where the body throws.
package func withTemporaryDirectory<R>(_ body: (String) async throws -> R) async throws -> R {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "neo-test-\(UUID().uuidString)", directoryHint: .notDirectory)
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    // The system's own folder may be a link, and paths that programs print have none.
    return try await body(folder.resolvingSymlinksInPath().path)
}
