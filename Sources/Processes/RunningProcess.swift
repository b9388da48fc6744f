#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A process that another one may have started, recognised also after its number was given to somebody else.
package struct RunningProcess: Sendable, Hashable, Codable {
    /// Its number.
    package let number: Int32
    /// When it started, in the system's own count; 0 where the system does not say.
    package let started: Int

    /// A process that runs now; nil where there is none of that number.
    package init?(_ number: Int32) {
        guard number > 1, sendSignal(number, 0) == 0 || errno == EPERM else { return nil }
        self.number = number
        started = Self.start(of: number)
    }

    /// This process.
    package static var current: RunningProcess? { RunningProcess(getpid()) }

    /// Whether it still runs.
    package var isRunning: Bool { RunningProcess(number) == self && !Self.isZombie(number) }

    /// The processor time that it has used, in the system's ticks of a hundredth of a second; 0 where the system does not
    /// say.
    package var processorTicks: Int {
        let fields = Self.fields(of: number)
        guard fields.count > 12 else { return 0 }
        return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }

    /// Asks it to end, and all of its group if it leads one.
    package func terminate() { send(SIGTERM) }

    /// Ends it, and all of its group if it leads one; the group also where it has ended itself and nobody has asked for its
    /// status yet, because others of the group may be left.
    package func kill() { send(SIGKILL) }

    private func send(_ signal: Int32) {
        guard RunningProcess(number) == self else { return }
        // Children have sessions of their own, so their number is that of their group.
        if getpgid(number) == number { _ = killpg(number, signal) } else { _ = sendSignal(number, signal) }
    }

    /// The fields of `/proc/NUMBER/stat` behind the program's name, which may hold spaces and brackets.
    private static func fields(of number: Int32) -> [Substring] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(number)/stat") else { return [] }
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }

    /// The 22nd field of proc(5); the first two stand before.
    private static func start(of number: Int32) -> Int {
        let fields = fields(of: number)
        return fields.count > 19 ? Int(fields[19]) ?? 0 : 0
    }

    private static func isZombie(_ number: Int32) -> Bool { fields(of: number).first == "Z" }
}

private func sendSignal(_ number: Int32, _ signal: Int32) -> Int32 { kill(number, signal) }
