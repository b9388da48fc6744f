import Processes
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct InputPipeTests {
    /// Runs a program that is written to while it runs.
    private static func run(
        _ words: [String], _ pipe: InputPipe, onStart: @escaping @Sendable () async throws -> Void
    ) async throws -> (status: Int, output: String) {
        var child = ChildProcess(executable: words[0], arguments: Array(words.dropFirst()))
        child.inputPipe = pipe
        let (ready, output) = (child, Collected())
        let status = try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                await pipe.pump()
                return nil
            }
            group.addTask {
                try await ready.stream(onStart: { _ in try await onStart() }) { stream, bytes in
                    if stream == .output { output.bytes.withLock { $0 += bytes } }
                }
            }
            while let next = try await group.next() {
                if let next {
                    group.cancelAll()
                    return next
                }
            }
            return -1
        }
        return (status, String(decoding: output.bytes.withLock { $0 }, as: UTF8.self))
    }

    private final class Collected: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    @Test func `what is written while a program runs is read by it, in order`() async throws {
        let pipe = try InputPipe()
        let result = try await Self.run(["cat"], pipe) {
            for number in 0..<1_000 { try pipe.write(Array("line \(number)\n".utf8)) }
            // More than a socket holds: the rest goes out while the program reads.
            try pipe.write([UInt8](repeating: 0x78, count: 4 << 20))
            try await Task.sleep(for: .milliseconds(1))
            while !pipe.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            pipe.close()
        }
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("line 0\nline 1\n"))
        #expect(result.output.utf8.count == (0..<1_000).reduce(4 << 20) { $0 + "line \($1)\n".utf8.count })
    }

    @Test func `who does not read fills no memory`() async throws {
        let pipe = try InputPipe(limit: 1 << 20)
        let piece = [UInt8](repeating: 0, count: 256 << 10)
        let blocked = #expect(throws: InputPipe.Blocked.self) { for _ in 0..<64 { try pipe.write(piece) } }
        #expect(blocked?.isFull == true)
    }

    @Test func `writing to a program that has ended ends nothing here`() async throws {
        let pipe = try InputPipe()
        let result = try await Self.run(["true"], pipe) {}
        #expect(result.status == 0)
        // A program that another test starts just now holds all that this process has open, until it is that program.
        var blocked: InputPipe.Blocked?
        for _ in 0..<5_000 where blocked == nil {
            do { try pipe.write([0x0A]) } catch { blocked = error }
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(blocked?.isFull == false)
        pipe.close()
        #expect(throws: InputPipe.Blocked.self) { try pipe.write([0x0A]) }
    }
}
