#if os(Linux)
    internal import Glibc

    #if canImport(FoundationEssentials)
        internal import FoundationEssentials
    #else
        internal import Foundation
    #endif

    /// The memory of what runs on gVisor: one file in memory, which its kernel holds open and hardly anybody maps.
    struct RunscMemory {
        private var path: String?

        /// Bytes that are in use; 0 where the file was not found.
        ///
        /// - Parameter processes: those among which its kernel is.
        mutating func bytes(among processes: [Int32]) -> Int {
            var found = stat()
            if let path, stat(path, &found) == 0 { return Int(found.st_blocks) * 512 }
            path = processes.lazy.flatMap { process in
                ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []).map {
                    "/proc/\(process)/fd/\($0)"
                }
            }.first { link in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: link))?.contains("memfd:runsc-memory")
                    == true
            }
            guard let path, stat(path, &found) == 0 else { return 0 }
            return Int(found.st_blocks) * 512
        }
    }
#endif
