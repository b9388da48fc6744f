import Processes
import Testing

@testable import Sandbox

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct WatchPaceTests {
    private let limits = SandboxLimits(memoryBytes: 4 << 30, processes: 512)

    @Test func `it looks less often while nothing grows, and often again when something does`() {
        var pace = WatchPace(limits)
        #expect(pace.pause == .milliseconds(50))
        for _ in 0..<5 { pace.saw(memoryBytes: 10 << 20, tasks: 3) }
        #expect(pace.pause == .milliseconds(200))
        pace.saw(memoryBytes: 1 << 30, tasks: 3)
        #expect(pace.pause == .milliseconds(50))
        for _ in 0..<5 { pace.saw(memoryBytes: 1 << 30, tasks: 3) }
        pace.saw(memoryBytes: 1 << 30, tasks: 90)
        #expect(pace.pause == .milliseconds(50))
    }

    @Test func `where little memory is left, it never waits for long`() {
        var pace = WatchPace(SandboxLimits(memoryBytes: 500 << 20, processes: 512))
        for _ in 0..<5 { pace.saw(memoryBytes: 10 << 20, tasks: 3) }
        #expect(pace.pause == .milliseconds(61))
        pace.saw(memoryBytes: 600 << 20, tasks: 3)
        #expect(pace.pause == .milliseconds(50))
    }

    @Test func `what a process and all below it have is found, also below a child`() async throws {
        let before = ProcessGroupUsage(below: getpid()).tasks
        let child = ChildProcess(executable: "/bin/sh", arguments: ["-c", "sleep 600 & sleep 600 & echo ready; wait"])
        let status = try await child.stream { number in
            // The shell and its two children, when these have begun.
            var looks = 0
            while ProcessGroupUsage(below: number).tasks < 3, looks < 100_000 {
                looks += 1
                sched_yield()
            }
            let usage = ProcessGroupUsage(below: number)
            #expect(usage.tasks == 3 && usage.memoryBytes > 0)
            #expect(ProcessGroupUsage(below: getpid()).tasks >= 3 && before >= 1)
            RunningProcess(number)?.kill()
        } receive: { _, _ in
        }
        #expect(status == 128 + 9)
        #expect(ProcessGroupUsage(below: 1 << 22 + 1).tasks == 0)
    }
}
