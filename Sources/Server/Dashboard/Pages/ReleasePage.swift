internal import AutoML
internal import Base
internal import Engineer
internal import Statistics

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    /// What is served: the configuration that the last search chose, what it must meet, and what it was made from.
    func release(_ view: ProjectOverview, _ reader: ProjectReader) async throws -> Page {
        let traffic = try await traffic(view, reader)
        let results = view.results
        let winner = results.flatMap { results in results.trials.first { $0.number == results.winner } }
        let configuration = (winner?.configuration.values ?? [:]).sorted { $0.key < $1.key }
        let finalists = results?.finalists?.finalists ?? []
        let chosen = results?.decision.flatMap { decision in
            decision.candidates.first { $0.trial == decision.chosen }
        }
        let model: [String: JSONValue] = [
            "base": .string("/p/\(view.found.id)"), "traffic": traffic.model,
            "tabs": Self.tabs(view, current: "release"), "hasResults": .bool(results != nil),
            "result": Self.result(view), "folder": .string(view.found.folder),
            "unmet": .string(results.flatMap(DecisionWords.unmet) ?? ""),
            "isUnmet": .bool(results.flatMap(DecisionWords.unmet) != nil),
            "configuration": .array(
                configuration.map {
                    ["parameter": .string($0.key), "setting": .string($0.value.string ?? $0.value.canonicalText)]
                }),
            "constraints": .array(
                (chosen?.findings ?? []).map {
                    [
                        "constraint": .string($0.constraint), "measured": .string($0.measured),
                        "state": PageWords.state($0.outcome.rawValue),
                    ]
                }), "anyConstraints": .bool(!(chosen?.findings.isEmpty ?? true)),
            "finalists": .array(
                finalists.map { finalist in
                    [
                        "number": .string(String(finalist.trial)),
                        "requests": .string(PageWords.count(finalist.requests)),
                        "errors": .string(PageWords.count(finalist.failures)),
                        "p50": .string(finalist.p50.map { QuantityWords.milliseconds($0.estimate) } ?? "–"),
                        "p95": .string(finalist.p95.map { QuantityWords.milliseconds($0.estimate) } ?? "–"),
                        "size": .string(QuantityWords.bytes(Double(finalist.indexBytes))),
                        "isWinner": .bool(finalist.trial == results?.winner),
                    ]
                }), "anyFinalists": .bool(!finalists.isEmpty),
            "manifest": .array(Self.manifest(view).map { ["term": .string($0.0), "value": .string($0.1)] }),
            "anyManifest": .bool(!Self.manifest(view).isEmpty),
        ]
        let csv = StudyChart.csv(
            [["trial", "requests", "failures", "p50_ms", "p95_ms", "p99_ms", "index_bytes"]]
                + finalists.map { finalist in
                    [
                        String(finalist.trial), String(finalist.requests), String(finalist.failures),
                        finalist.p50.map { "\($0.estimate)" } ?? "", finalist.p95.map { "\($0.estimate)" } ?? "",
                        finalist.p99.map { "\($0.estimate)" } ?? "", String(finalist.indexBytes),
                    ]
                })
        return Page(
            "release", title: "Release", crumbs: Self.crumbs(view), model: model, live: ["traffic"],
            project: view.found.id, tables: ["finalists": csv, "services": traffic.csv])
    }

    /// What the search was made from and on.
    private static func manifest(_ view: ProjectOverview) -> [(String, String)] {
        guard let data = FileManager.default.contents(atPath: view.found.folder + "/manifest.json"),
            data.count < 1_000_000,
            let manifest = try? JSONValue(parsing: data)
        else { return [] }
        let text = { (value: JSONValue?) in value?.string ?? value?.canonicalText ?? "–" }
        return [
            ("Neo", text(manifest["neo"])), ("Study", text(manifest["study"])), ("Seed", text(manifest["seed"])),
            ("Written", text(manifest["written"])),
            ("Called as", (manifest["commandLine"]?.array ?? []).compactMap(\.string).joined(separator: " ")),
            ("neo.yaml", text(manifest["hashes"]?["neo.yaml"])),
            ("Golden questions", text(manifest["hashes"]?["golden"])),
            ("Documents", text(manifest["hashes"]?["documents"])),
            ("Processor", text(manifest["machine"]?["processor"])), ("Cores", text(manifest["machine"]?["cores"])),
            ("System", text(manifest["machine"]?["system"])),
        ]
    }
}
