internal import Processes
internal import Synchronization

/// Asks `nvidia-smi` how busy graphics cards are, beside the work: nobody waits for an answer.
///
/// A driver that hangs can keep the program from ending for ever, so the figures are those of the last answer, and while
/// there is none nothing is asked again. Who had no answer once is not asked any more.
///
/// The program runs without walls: inside, the cards would not be there. It is looked for once, in absolute folders of PATH
/// alone, so that none of a project's is taken for it.
final class AcceleratorSampler: Sendable {
    private struct State {
        var values: [String: Double] = [:]
        var isAsked = false
        var isGivenUp = false
    }

    private let state = Mutex(State())
    private let ask: @Sendable () async -> [String: Double]

    /// - Parameter ask: what the cards say now; nothing where there are none.
    init(ask: @escaping @Sendable () async -> [String: Double]) { self.ask = ask }

    /// One that asks `nvidia-smi`; nil where there is none.
    static func ofThisMachine(program: String? = executablePath(of: "nvidia-smi")) -> AcceleratorSampler? {
        guard let program, program.hasPrefix("/") else { return nil }
        return AcceleratorSampler {
            let query = ChildProcess(
                executable: program,
                arguments: [
                    "--query-gpu=index,utilization.gpu,memory.used,power.draw", "--format=csv,noheader,nounits",
                ], outputLimit: 1 << 16, timeLimitSeconds: 5)
            guard let result = try? await query.run(), result.status == 0 else { return [:] }
            return parse(result.output)
        }
    }

    /// Whether it is not asked any more.
    var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

    /// What was answered last, and asks again.
    func sample() -> [String: Double] {
        let (values, asks) = state.withLock { state in
            let asks = !state.isAsked && !state.isGivenUp
            if asks { state.isAsked = true }
            return (state.values, asks)
        }
        if asks {
            // The one that is not waited for.
            Task { [self] in
                let values = await ask()
                state.withLock { state in
                    state.values = values
                    state.isAsked = false
                    state.isGivenUp = values.isEmpty
                }
            }
        }
        return values
    }

    /// What `nvidia-smi` prints: a line a device.
    static func parse(_ output: String) -> [String: Double] {
        var values: [String: Double] = [:]
        for line in output.split(separator: "\n") {
            let fields = line.split(separator: ",").map { $0.filter { $0 != " " } }
            guard fields.count == 4, let index = Int(fields[0]) else { continue }
            values["gpu/\(index)/utilization_percent"] = Double(fields[1])
            values["gpu/\(index)/memory_mb"] = Double(fields[2])
            values["gpu/\(index)/power_watts"] = Double(fields[3])
        }
        return values
    }
}
