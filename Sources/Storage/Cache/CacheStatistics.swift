/// What a cache did since it was opened.
package struct CacheStatistics: Sendable, Hashable, Codable {
    /// Values that were read from the disk.
    package var hits = 0
    /// Values that had to be computed.
    package var misses = 0
    /// Callers that waited for a value that another caller was already reading or computing.
    package var shared = 0
    /// Bytes of the values that were read.
    package var bytesRead = 0
    /// Bytes of the values that were written.
    package var bytesWritten = 0
    /// Entries that were removed to make room.
    package var evictions = 0
    /// Entries that were damaged, and were removed and computed again.
    package var damaged = 0

    /// Nothing yet.
    package init() {}

    /// The share of lookups that needed no computing; nil before the first one.
    package var hitRate: Double? {
        let lookups = hits + misses + shared
        return lookups == 0 ? nil : Double(hits + shared) / Double(lookups)
    }
}
