import Foundation
import Storage
import TestSupport
import Testing

@Suite struct ExclusiveLockTests {
    @Test("A second holder is refused with a sentence that names the first one's process")
    func twoHolders() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/.neo/lock"
            let inside = try await withExclusiveLock(at: path) {
                let error = await #expect(throws: StorageError.self) {
                    try await withExclusiveLock(at: path) { Issue.record("two holders") }
                }
                #expect(error?.code == .busy)
                let number = ProcessInfo.processInfo.processIdentifier
                #expect(error?.message.contains("A search is already running here as process \(number)") == true)
                return 5
            }
            #expect(inside == 5)
        }
    }

    @Test("The lock is given back when the body ends, also by an error")
    func givenBack() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/lock"
            await #expect(throws: CancellationError.self) {
                try await withExclusiveLock(at: path) { throw CancellationError() }
            }
            for _ in 0..<2 {
                let isHeld = try await withExclusiveLock(at: path) { true }
                #expect(isHeld)
            }
        }
    }

    @Test("A lock file that a dead process left behind does not matter")
    func leftBehind() async throws {
        try await withTemporaryDirectory { folder async throws in
            try put(Array("999999\n".utf8), into: "\(folder)/lock")
            let isHeld = try await withExclusiveLock(at: "\(folder)/lock") { true }
            #expect(isHeld)
        }
    }

    @Test("A lock that cannot be made is an error with a sentence")
    func unreachable() async throws {
        try await withTemporaryDirectory { folder async throws in
            try put([1], into: "\(folder)/file")
            let error = await #expect(throws: StorageError.self) {
                try await withExclusiveLock(at: "\(folder)/file/lock") {}
            }
            #expect(error?.code == .fileSystem)
        }
    }
}
