#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// How many cores this machine has for us.
var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }
