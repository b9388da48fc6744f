internal import Base
internal import RAG
internal import Statistics
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ServiceWatch {
    func beat(_ heartbeat: @Sendable () async -> String?) async throws {
        let begin = time.nanoseconds()
        let failure = await heartbeat()
        try Task.checkCancellation()
        try await database.add([
            ProbeRecord(
                time: time.now().timeIntervalSince1970, question: ProbeRecord.heartbeat, hasPassed: failure == nil,
                milliseconds: Double(time.nanoseconds() &- begin) / 1e6, detail: failure ?? "ready")
        ])
    }

    /// What a release found first is what it is held to.
    private static func baseline(of release: Int?) -> String { "probe baseline \(release ?? 0)" }

    func goldenProbes() -> [GoldenProbe] {
        let set = try? GoldenSet(path: project.path(project.file.golden), diagnostics: DiagnosticCollector())
        return set.map(GoldenProbe.all) ?? []
    }

    /// Asks golden questions, and notes which of them find less than they did first.
    ///
    /// - Parameter documents: those whose evidence stands in these; a round of all, where nil.
    func probe(
        _ documents: Set<String>?, asking ask: @Sendable (_ id: String, _ question: String) async throws -> ProbeReply
    ) async throws {
        let all = goldenProbes()
        guard !all.isEmpty else { return }
        var chosen: [GoldenProbe] = []
        if let documents {
            chosen = all.filter { $0.stands(on: documents) }
        } else {
            for step in 0..<min(policy.probes, all.count) { chosen.append(all[(nextProbe + step) % all.count]) }
            nextProbe = (nextProbe + chosen.count) % all.count
        }
        var baselines: [String: [String: JSONValue]] = [:]
        var kept: [ProbeRecord] = []
        var releases: [String: Int] = [:]
        for probe in chosen {
            let begin = time.nanoseconds()
            var record = ProbeRecord(
                time: time.now().timeIntervalSince1970, question: probe.question.id, hasPassed: false, milliseconds: 0,
                detail: "")
            do {
                let reply = try await ask(probe.question.id, probe.question.question)
                let (found, parts) = probe.found(in: reply)
                let name = Self.baseline(of: reply.release)
                releases[probe.question.id] = reply.release
                if baselines[name] == nil { baselines[name] = try await database.fact(name)?.object ?? [:] }
                let before = baselines[name]?[probe.question.id]?.integer ?? found
                baselines[name]?[probe.question.id] = .integer(before)
                record.hasPassed = found >= before
                record.milliseconds = reply.milliseconds
                record.detail = "\(found) of \(parts) parts of the evidence; \(before) when it was first asked"
            } catch {
                try Task.checkCancellation()
                record.milliseconds = Double(time.nanoseconds() &- begin) / 1e6
                record.detail = "not answered: \(sentence(for: error))"
            }
            kept.append(record)
        }
        try await database.add(kept)
        for (name, baseline) in baselines { try await database.keep(.object(baseline), as: name) }
        try await clear(Set(kept.filter(\.hasPassed).map(\.question)), releases)
    }

    /// A golden question that finds what it did although its documents changed needs nobody's attention. A release does not
    /// know of the change: there only another release shows it.
    private func clear(_ passed: Set<String>, _ releases: [String: Int]) async throws {
        guard case .object(var touched)? = try await database.fact("golden documents"),
            let questions = touched["questions"]?.array?.compactMap(\.string)
        else { return }
        let before = touched
        if touched["release"] == nil, let release = questions.lazy.compactMap({ releases[$0] }).first {
            touched["release"] = .integer(release)
        }
        let old = touched["release"]?.integer
        let left = questions.filter { id in
            !passed.contains(id) || releases[id].map { $0 <= old ?? 0 } ?? false
        }
        touched["questions"] = .array(left.map { .string($0) })
        if left.isEmpty { touched["documents"] = [] }
        guard touched != before else { return }
        try await database.keep(.object(touched), as: "golden documents")
    }
}
