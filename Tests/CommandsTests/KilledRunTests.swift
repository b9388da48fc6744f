import FoundationEssentials
import Processes
import TestSupport
import Testing

/// What is left where one of the processes that put walls up is killed while they go up: nothing, and nothing runs on.
///
/// bubblewrap tells its child to end with it only when the walls stand. Killed before, it leaves a child that waits for it
/// for ever, or that goes on to run the command.
@Suite(.timeLimit(.minutes(2))) struct KilledRunTests {
    @Test(arguments: ["neo", "neo-cell", "bwrap"])
    func `Nothing runs on where a run was killed while it starts`(program: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let result = try await ChildProcess(
                executable: "python3", arguments: ["-c", Self.script, try NeoProcess.executable(), folder, program],
                directory: folder, timeLimitSeconds: 100
            ).run()
            try #require(result.status == 0, "\(result.errorOutput)")
            let lines = result.output.split(separator: "\n").map(String.init)
            // Walls that never began to go up would leave nothing, either.
            #expect(lines.first.flatMap { Int($0) } ?? 0 >= 5, "\(result.output)")
            #expect(lines.dropFirst() == [])
        }
    }

    /// Half of the kills come as soon as bubblewrap has a child, half some time within the first 40 ms of the launcher.
    /// Processes are found by the name of the test's folder, which stands in the arguments of all of them: in the launcher's, as
    /// where its socket lies. It prints how many launchers it saw, and what was left 5 seconds later.
    private static let script = """
        import os, random, subprocess, sys, time

        neo, folder, program = sys.argv[1:]
        mark = os.path.basename(folder)
        moments = random.Random(7)

        def children(number):
            found = []
            try:
                for thread in os.listdir(f"/proc/{number}/task"):
                    with open(f"/proc/{number}/task/{thread}/children") as file:
                        found += map(int, file.read().split())
            except OSError:
                pass
            return found

        def marked():
            found = {}
            for name in os.listdir("/proc"):
                if name == str(os.getpid()):
                    continue
                try:
                    with open(f"/proc/{int(name)}/cmdline", "rb") as file:
                        words = file.read()
                except (OSError, ValueError):
                    continue
                if mark.encode() in words:
                    found[int(name)] = words.replace(b"\\0", b" ").decode(errors="replace")
            return found

        def kill(number):
            try:
                os.kill(number, 9)
            except OSError:
                pass

        def start_and_kill(aims):
            command = [neo, "sandbox", "run", "--", "/bin/sh", "-c", "sleep 1000; :", mark]
            run = subprocess.Popen(
                command, env=dict(os.environ, TMPDIR=folder, NEO_HOME=folder), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            cell = bwrap = None
            while run.poll() is None and cell is None:
                cell = next(iter(children(run.pid)), None)
            if aims:
                while run.poll() is None and not (bwrap and children(bwrap)):
                    bwrap = next(iter(children(cell)), None)
            else:
                time.sleep(moments.random() * 0.04)
                bwrap = next(iter(children(cell)), None)
            kill({"neo": run.pid, "neo-cell": cell, "bwrap": bwrap}[program] or run.pid)
            # A run whose launcher or walls were killed says so and ends.
            run.wait()
            return cell is not None

        print(sum(start_and_kill(number % 2 == 0) for number in range(12)))
        end = time.monotonic() + 5
        while (left := marked()) and time.monotonic() < end:
            time.sleep(0.02)
        for number, words in left.items():
            print(words)
            kill(number)
        """
}
