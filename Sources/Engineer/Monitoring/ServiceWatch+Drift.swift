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
    /// Looks for documents that changed; makes the index anew where that is this process' part, and asks the golden
    /// questions again whose evidence stands in them.
    func watchDocuments(at now: Double) async throws {
        guard let before = WatchedDocuments(json: try await database.fact("documents")) else {
            return try await database.keep(WatchedDocuments(project).json, as: "documents")
        }
        let current = WatchedDocuments(project, before: before)
        let changes = current.changes(since: before)
        guard !changes.isEmpty else { return }
        try await ports.reindex?()
        let touched = Set(changes.changed + changes.removed)
        let golden = goldenProbes().filter { $0.stands(on: touched) }
        if !golden.isEmpty {
            let documents = touched.filter { name in golden.contains { $0.stands(on: [name]) } }.sorted()
            try await database.keep(
                [
                    "measure": "documents", "documents": .array(documents.map { .string($0) }),
                    "questions": .array(golden.map { .string($0.question.id) }), "seen": .number(now),
                ], as: "golden documents")
            if let ask = ports.ask { try await probe(touched, asking: ask) }
        }
        // Last, so that what failed is done again at the next look.
        try await database.keep(current.json, as: "documents")
    }

    /// Compares the questions of the last day (of the last week, where those are too few) with the golden ones and with
    /// those of the month before.
    func measureDrift(at now: Double) async throws {
        let day = 86_400.0
        let until = now + Self.clockTolerance
        var rows = try await database.requests(.client, in: now - day..<until, limit: 5000).asked
        if rows.count < DriftCheck.least {
            rows = try await database.requests(.client, in: now - Self.recentDays * day..<until, limit: 5000).asked
        }
        let month = try await database.requests(
            .client, in: now - (Self.monthDays + Self.recentDays) * day..<now - Self.recentDays * day, limit: 5000
        ).asked
        let probes = Dictionary(
            try await database.requests(.probe, in: now - Self.monthDays * day..<until, limit: 20_000).map {
                ($0.golden ?? $0.id, $0)
            }, uniquingKeysWith: { first, _ in first }
        ).values.sorted { $0.id < $1.id }
        leastSimilarity = DriftCheck.leastSimilarity(of: probes)
        let check = DriftCheck(everyMinutes: policy.driftMinutes)
        var current = DriftCheck.Sample(rows: rows, texts: rows.compactMap(\.query))
        var golden = DriftCheck.Sample(rows: probes, texts: goldenProbes().map(\.question.question))
        var before = DriftCheck.Sample(rows: month, texts: month.compactMap(\.query))
        if let meaning = ports.meaning, current.texts.count >= DriftCheck.least {
            var known = meanings
            let vectors = try await known.vectors(of: [current.texts, golden.texts, before.texts], by: meaning)
            meanings = known
            (current.vectors, golden.vectors, before.vectors) = (vectors[0], vectors[1], vectors[2])
        }
        try await database.add(
            check.records(current, against: golden, named: "golden", at: now)
                + check.records(current, against: before, named: "month", at: now))
    }
}

extension [ServiceRequest] {
    /// Those that asked something and got as far as an index.
    fileprivate var asked: [ServiceRequest] { filter { $0.passages != nil } }
}
