#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The clock on the wall.
enum Wall {
    /// Seconds since 1970.
    static func seconds() -> Double { Date().timeIntervalSince1970 }
}
