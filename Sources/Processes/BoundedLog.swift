internal import Synchronization

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A log of a process that writes for as long as it lives: what is full becomes `PATH.1`, in the place of what that was,
/// so that both together never have more than twice the limit.
package final class BoundedLog: Sendable {
    private let path: String
    private let limit: Int
    private let state: Mutex<(file: FileDescriptor, count: Int)>

    /// Opens the end of a file that only this user may read.
    package init(_ path: String, limit: Int = 5 << 20) throws {
        self.path = path
        self.limit = limit
        let file = try Self.open(path)
        state = Mutex((file, Int(try file.seek(offset: 0, from: .end))))
    }

    deinit { state.withLock { try? $0.file.close() } }

    /// Adds bytes. What cannot be written is lost: a full disk must not end a server that works.
    package func append(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            var rest = bytes
            while !rest.isEmpty {
                if state.count >= limit { turn(&state) }
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(max(1, limit - state.count)))
                guard (try? state.file.writeAll(piece)) != nil else { return }
                state.count += piece.count
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            }
        }
    }

    /// Begins anew; where the old file cannot be put aside, it is emptied.
    private func turn(_ state: inout (file: FileDescriptor, count: Int)) {
        let old = path + ".1"
        try? FileManager.default.removeItem(atPath: old)
        if (try? FileManager.default.moveItem(atPath: path, toPath: old)) != nil, let file = try? Self.open(path) {
            try? state.file.close()
            state.file = file
        } else {
            try? state.file.resize(to: 0)
        }
        state.count = 0
    }

    private static func open(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
    }
}
