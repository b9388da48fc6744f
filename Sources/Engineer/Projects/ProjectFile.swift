package import Base
package import Documents
internal import RAG

/// What `neo.yaml` says.
package struct ProjectFile: Sendable, Hashable {
    /// The project's name; the folder's, where none is given.
    package var name: String
    /// What the system is to do, in a sentence of whoever wants it.
    package var goal: String?
    /// The kind of system.
    package var kind: String
    /// Globs of the documents, relative to the project's folder.
    package var documents: [String]
    /// The golden questions' file, relative to the project's folder.
    package var golden: String
    /// What turns texts into vectors, the default first; with none, only BM25 can be searched.
    package var encoders: [ModelSetting]
    /// What `reranker: cross-encoder` asks, the default first.
    package var rerankers: [ModelSetting]
    /// The documents' language by Snowball's name, or `auto`.
    package var language: String
    /// The metric to make as large as possible; chosen by the golden set, where nil.
    package var objective: String?
    /// How many configurations to try.
    package var trials: Int
    /// How many dollars a search may spend on served models.
    package var maxCost: Double?
    /// Files of configurations to try right after the default, as absolute paths or relative to the project's folder.
    package var seeds: [String] = []
    /// How to choose them.
    package var sampler: NamedSampler
    /// Whether trials with expensive questions are stopped early where they do badly.
    package var isRacing: Bool
    /// Whether random and greedy search with as many trials stand beside the search in the report.
    package var hasBaselines: Bool
    /// Systems that are not Neo's, measured beside it.
    package var externals: [ExternalSetting] = []
    /// What all random choices start from.
    package var seed: UInt64
    /// Values of parameters to try instead of the usual ones.
    package var space: [String: JSONValue]
    /// Parsers of formats, instead of the usual ones.
    package var parsers: ParserSettings
    /// What calls of language models may take, by unit: `usd`, `tokens`, `minutes`.
    package var budgets: [String: Double] = [:]
    /// `permissions`, `checks` and `mcp`, as they are written: for agents, which read them.
    package var agents: [String: JSONValue] = [:]
    /// Whether runs are written for Trackio as well: searches while they go on, all of them whenever they are read.
    package var mirrorsToTrackio = false
    /// Whether runs that have ended get Parquet files by themselves.
    package var keepsParquet = true
    /// Whether its searches learn from those of other projects, and others from its.
    package var sharesKnowledge = true
    /// Whether a search begins with what did well in other projects.
    package var warmStarts = true
    /// Who sees which documents; nil where everybody who may ask sees all.
    package var access: AccessRules?
    /// What is kept of a service's requests, and who is told of what.
    package var monitoring = MonitoringSetting()
    /// What may write answers.
    package var generation = GenerationSetting()
    /// What a configuration must meet to be called the winner.
    package var constraints: [Constraint] = []

    /// Whether trials may be stopped early. Not where the winner must meet constraints: what does worst on the questions is
    /// often the fastest or the smallest, and a trial that was stopped cannot win.
    package var races: Bool { isRacing && constraints.isEmpty }

    /// Of `space`, what concerns written answers.
    var writingSpace: [String: [JSONValue]] {
        space.filter { GenerationSpace.searchable.contains($0.key) }.mapValues { $0.array ?? [$0] }
    }

    /// A project with the usual settings.
    package init(name: String, documents: [String], golden: String = "golden.jsonl") {
        self.name = name
        kind = "rag"
        self.documents = documents
        self.golden = golden
        encoders = [.store("all-minilm-l6-v2")]
        rerankers = []
        language = "english"
        objective = nil
        trials = 24
        maxCost = nil
        sampler = .greedy
        isRacing = true
        hasBaselines = true
        seed = 1
        space = [:]
        parsers = .usual
    }
}
