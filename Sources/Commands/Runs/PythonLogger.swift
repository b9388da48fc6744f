#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The Python module that logs runs, which is part of this program.
enum PythonLogger {
    /// Its text.
    static var source: String { String(decoding: PackageResources.neo_log_py, as: UTF8.self) }
}
