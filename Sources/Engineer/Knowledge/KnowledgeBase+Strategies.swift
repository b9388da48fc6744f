internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Strategies lie in `strategies/VERSION.json`, and `strategy` says which one counts.
extension KnowledgeBase {
    private var strategies: String { folder + "/strategies" }
    private var pointer: String { folder + "/strategy" }

    /// The strategy that counts; nil where there is none, or it cannot be read: then searches begin as before the first.
    package func strategy() -> SearchStrategy? {
        guard let text = FileManager.default.contents(atPath: pointer),
            let version = Int(String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace })
        else { return nil }
        return strategy(version)
    }

    /// A strategy by its version.
    package func strategy(_ version: Int) -> SearchStrategy? {
        guard let data = FileManager.default.contents(atPath: "\(strategies)/\(version).json"),
            let read = try? JSONValue(parsing: data).decoded(as: SearchStrategy.self), read.version == version,
            read.format == SearchStrategy.format, (1...WarmStart.limit).contains(read.seeds)
        else { return nil }
        return read
    }

    /// The versions that are there, in order.
    package func versions() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: strategies)) ?? []
        return names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.sorted()
    }

    /// Writes a strategy.
    func write(_ strategy: SearchStrategy) throws {
        try AtomicFile.makeFolder(strategies)
        try AtomicFile.write(
            JSONValue(encoding: strategy).prettyText + "\n", to: "\(strategies)/\(strategy.version).json")
    }

    /// Lets a version count; nil for none.
    package func use(_ version: Int?) throws {
        guard let version else {
            guard FileManager.default.fileExists(atPath: pointer) else { return }
            return try AtomicFile.write("none\n", to: pointer)
        }
        guard strategy(version) != nil else {
            let known = versions().map(String.init).joined(separator: ", ")
            throw EngineerError(
                code: .knowledge,
                message: "There is no strategy \(version) in \(strategies) that can be read."
                    + (known.isEmpty ? " `neo learn` makes the first." : " There are: \(known)."))
        }
        try AtomicFile.write("\(version)\n", to: pointer)
    }

    /// Removes every strategy that was made from a record: what is forgotten is in none.
    ///
    /// - Returns: the versions that went.
    func removeStrategies(madeFrom ids: Set<String>) throws -> [Int] {
        var removed: [Int] = []
        for version in versions() {
            let made = strategy(version)?.records
            guard made.map({ !ids.isDisjoint(with: $0) }) ?? true else { continue }
            try FileManager.default.removeItem(atPath: "\(strategies)/\(version).json")
            removed.append(version)
        }
        return removed
    }
}
