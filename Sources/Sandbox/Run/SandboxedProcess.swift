internal import Processes

/// A run that is under way.
package struct SandboxedProcess: Sendable, Hashable {
    /// The process that Neo started, with which all of it ends.
    package let launcher: Int32
    /// The first process inside, by its number outside.
    let first: Int32

    /// Seconds of processor time that its processes have used so far.
    package var cpuSeconds: Double { ProcessGroupUsage(below: first).cpuSeconds }

    /// Asks its processes to end; whoever wants them ended cancels the run.
    package func terminate() {
        for number in ProcessGroupUsage(below: first).processes where number != first {
            RunningProcess(number)?.terminate()
        }
    }
}
