internal import AutoML
internal import Base
internal import RAG
internal import Retrieval

/// All that decides what a study measures. Two searches with equal definitions are one study, and share its journal.
///
/// The number of trials and the time are no part of it: a study may be continued further than it was first meant to.
struct StudyDefinition {
    let json: JSONValue
    let id: ContentHash
    /// Names all that decides what one configuration measures on one question, whatever else is searched.
    var scope: ContentHash { Self.scope(of: json) }

    /// The parts of a definition that say what is tried, and not what is measured.
    private static let course: Set<String> = [
        "objective", "search", "space", "sampler", "seed", "racing", "seeds", "order",
    ]

    /// The scope of a study's definition.
    static func scope(of definition: JSONValue) -> ContentHash {
        ContentHash(of: .object((definition.object ?? [:]).filter { !course.contains($0.key) }))
    }

    /// The same study with another sampler.
    init(_ other: StudyDefinition, sampler: String) {
        var json = other.json.object ?? [:]
        json["sampler"] = .string(sampler)
        // Seeds are for the search itself only.
        json["seeds"] = nil
        json["order"] = nil
        self.json = .object(json)
        id = ContentHash(of: self.json)
    }

    init(
        workspace: Workspace, golden: ProjectGolden, split: GoldenSplit, space: SearchSpace, seed: UInt64,
        sampler: String, seeds: [SeededSampler.Seed] = [], order: [String] = [], models: StudyModels
    ) {
        let parameters = space.parameters.map { parameter -> JSONValue in
            (try? JSONValue(encoding: parameter)) ?? .string(parameter.name)
        }
        var json: [String: JSONValue] = [
            // Raise it when the same configuration would be measured differently: old measurements are then left alone.
            "measurement": 4,
            "corpus": .string(golden.variants.corpusHash.hex),
            "golden": .string(golden.hash.hex),
            "encoder": models.encoders,
            "language": .string(workspace.library.language.name),
            "objective": .string(golden.objective.metric),
            "search": .array(split.search.map { .string($0) }),
            "space": .array(parameters),
            "sampler": .string(sampler),
            "seed": .string(String(seed)),
            "racing": workspace.project.file.races ? "halving with second chances" : .null,
        ]
        // Only where there are any, so that studies of before go on.
        if models.rerankers != .null { json["rerankers"] = models.rerankers }
        if !seeds.isEmpty { json["seeds"] = .array(seeds.map { .object($0.configuration.values) }) }
        if !order.isEmpty { json["order"] = .array(order.map { .string($0) }) }
        // What was measured of served models before their tokens were counted does not say what a question costs.
        if workspace.project.file.asksServers { json["tokens"] = 1 }
        // Who writes the queries decides what is found.
        if space.parameters.contains(where: { ["query.transform", "query.history"].contains($0.name) }),
            let writer = models.queryWriter
        {
            json["queries"] = .string(writer)
        }
        self.json = .object(json)
        id = ContentHash(of: self.json)
    }
}
