package import Downloads

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What this machine has to spare for a model.
package struct LocalMachine: Sendable, Hashable {
    /// Processors.
    package var processors: Int
    /// How many processes wanted to run in the last minute, on average.
    package var load: Double
    /// Memory that can be had without moving others out of it; nil where the system does not say.
    package var freeMemory: Int?

    /// A machine.
    package init(processors: Int, load: Double, freeMemory: Int?) {
        self.processors = processors
        self.load = load
        self.freeMemory = freeMemory
    }

    /// This machine, now.
    package static var current: LocalMachine {
        var load = [0.0]
        let known = getloadavg(&load, 1) == 1
        return LocalMachine(
            processors: ProcessInfo.processInfo.activeProcessorCount, load: known ? load[0] : 0,
            freeMemory: freeMemoryBytes())
    }

    /// How many threads compute: as many as there are idle processors, but one processor is left to others, and at
    /// least one thread there must be. More threads than idle processors wait for each other at every layer: SmolLM2 on
    /// two cores that others kept busy made 46 tokens a second with one thread, and 3 with two (medians of three, in
    /// turn).
    package var inferenceThreads: Int {
        max(1, min(processors - 1, Int(Double(processors) - load.rounded()), 16))
    }

    /// What a model takes, from above: its file and half of it again, because llama.cpp keeps some weights a second time
    /// in the order that vector units want (measured: 1,983 MB for Qwen2.5-Coder-1.5B in Q4_K_M with 8,192 tokens, here
    /// 2,140), keys and values of the context, the logits of a batch, and what llama.cpp itself needs.
    package static func memory(of header: GGUFHeader, contextLength: Int) -> Int {
        let weights = min(header.fileBytes, 1 << 50) / 2 * 3
        let logits = min((header.vocabularySize ?? 1 << 17) * 4 * 512, 1 << 40)
        let (cache, overflow) = (header.contextBytesPerToken ?? 1 << 17).multipliedReportingOverflow(by: contextLength)
        return weights + min(overflow ? .max : cache, 1 << 50) + logits + (64 << 20)
    }

    /// The longest context that fits, at most `wish` and what the model was made for.
    ///
    /// - Throws: `LocalRuntimeError` with what is needed and what is there, where not even a short one fits.
    package func contextLength(
        for header: GGUFHeader, of model: String, wish: Int = 8192
    ) throws(LocalRuntimeError) -> Int {
        var length = max(256, min(wish, header.contextLength ?? 4096))
        guard let freeMemory else { return length }
        while Self.memory(of: header, contextLength: length) > freeMemory, length > 2048 { length /= 2 }
        let needed = Self.memory(of: header, contextLength: length)
        guard needed <= freeMemory else {
            throw LocalRuntimeError(
                "\(model) needs about \(needed >> 20) MB of memory for a context of \(length) tokens, and \(freeMemory >> 20) "
                    + "MB are free. End something else, or choose a smaller model.")
        }
        return length
    }

    /// `MemAvailable` of the system, or what the container's limit leaves, whichever is less.
    private static func freeMemoryBytes() -> Int? {
        func number(_ path: String) -> Int? {
            FileManager.default.contents(atPath: path).flatMap {
                Int(String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace })
            }
        }
        let lines = FileManager.default.contents(atPath: "/proc/meminfo").map { String(decoding: $0, as: UTF8.self) }
        let available = lines?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
            .flatMap { line in line.split(separator: " ").dropFirst().first.flatMap { Int($0) } }.map { $0 << 10 }
        guard let limit = number("/sys/fs/cgroup/memory.max"), let used = number("/sys/fs/cgroup/memory.current")
        else { return available }
        return min(max(0, limit - used), available ?? .max)
    }
}
