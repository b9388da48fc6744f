#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Writes a file of a test, below a folder that may not exist yet.
package func writeTestFile(_ data: Data, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
}

/// Writes a file of a test, below a folder that may not exist yet.
package func writeTestFile(_ text: String, to path: String) throws {
    try writeTestFile(Data(text.utf8), to: path)
}
