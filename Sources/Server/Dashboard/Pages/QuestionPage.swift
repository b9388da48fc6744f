internal import AutoML
internal import Base
internal import Engineer
internal import RAG
internal import Storage

extension DashboardPages {
    /// A question: what was expected, what the winner found, and how every trial did, with its answer where it gave one.
    func question(
        _ view: ProjectOverview, _ reader: ProjectReader, _ study: String, _ id: String
    ) async throws -> Page {
        guard let study = try await reader.study(study) else { throw Self.missing }
        let base = "/p/\(view.found.id)/studies/\(study.id.short)"
        let here = "\(base)/question?id=\(FormBody.encoded(id))"
        let golden = view.golden?.questions.first { $0.id == id }
        let result = study.results?.questions.first { $0.id == id }
        let rows = try await reader.measurements(of: id, study: study.id)
        let opened = try await reader.evaluations(of: id, study: study.id)
        guard golden != nil || result != nil || !rows.isEmpty else { throw Self.missing }
        let trials = Dictionary(study.trials.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = rows.sorted {
            ($0.metrics[study.metric] ?? -1, -$0.trial) > ($1.metrics[study.metric] ?? -1, -$1.trial)
        }
        let isAnswers = study.purpose == "answers"
        let kept = isAnswers ? try await reader.answers(to: id, study: study.id) : [:]
        let expected = Set((golden?.evidence ?? []).flatMap { $0 }.map(\.document))
        let comments = try await reader.database()?.comments(isOpen: true) ?? []
        let text = golden?.question ?? result?.question ?? id
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "study"), "question": .string(text), "name": .string(id),
            "metric": .string(study.metric), "isAnswers": .bool(isAnswers),
            "answers": .array((golden?.answers ?? []).map { .string($0) }),
            "anyAnswers": .bool(!(golden?.answers.isEmpty ?? true)),
            "evidence": .array(
                (golden?.evidence ?? []).flatMap { $0 }.map {
                    [
                        "document": .string($0.document), "quote": .string($0.quote),
                        "isFound": .bool(result?.found.contains($0.document) == true),
                        "hasResult": .bool(result != nil),
                    ]
                }), "anyEvidence": .bool(!(golden?.evidence.isEmpty ?? true)),
            "ranking": .array(
                (result?.found ?? []).enumerated().map { place, name in
                    [
                        "place": .string(String(place + 1)), "document": .string(name),
                        "isExpected": .bool(result?.expected.contains(name) == true),
                    ]
                }), "anyRanking": .bool(!(result?.found.isEmpty ?? true)), "hasResult": .bool(result != nil),
            "winnerScore": .string(PageWords.number(result?.score)),
            "baselineScore": .string(PageWords.number(result?.baseline)),
            "keptWords": .string(Self.keptWords(isAnswers: isAnswers, any: !kept.isEmpty)),
            "csv": .string("\(base)/question/measurements.csv?id=\(FormBody.encoded(id))"),
            "comments": PageWords.comments(
                comments, about: .init(.answer, id), quote: text, in: view, next: here + "#comments"),
        ]
        model["rows"] = .array(
            sorted.map { row in
                let trial = trials[row.trial]
                return Self.measured(row.metrics, row.failure, study.metric).merging([
                    "number": .string(String(row.trial)), "words": .string(trial?.words ?? ""),
                    "kept": Self.kept(trial.flatMap { kept[$0.figures.configuration.hash] }, expected),
                ])
            })
        let words = Dictionary(
            study.trials.map { ($0.figures.configuration.hash, "trial \($0.number): \($0.words)") },
            uniquingKeysWith: { first, _ in first })
        model["opened"] = .array(
            opened.map { row in
                Self.measured(row.metrics, row.failure, study.metric).merging([
                    "anchor": .string(PageWords.anchor(row.configuration.hex + row.split)),
                    "words": .string(words[row.configuration] ?? "another one, \(row.configuration.short)"),
                    "split": .string(row.split), "kept": Self.kept(kept[row.configuration], expected),
                ])
            })
        model["anyOpened"] = .bool(!opened.isEmpty)
        func path(_ purpose: String) -> JSONValue {
            let other = view.studies.first { $0.purpose == purpose && $0.questions.contains(id) }
            return .string(
                other.map { "/p/\(view.found.id)/studies/\($0.id.short)/question?id=\(FormBody.encoded(id))" } ?? "")
        }
        (model["search"], model["answersPath"]) = (path("search"), path("answers"))
        return Page(
            "question", title: PageWords.shortened(text, 80),
            crumbs: Self.crumbs(view) + [Page.Crumb(name: "Study \(study.id.short)", path: base)], model: model,
            project: view.found.id,
            tables: [
                "measurements": Self.csv(rows) { row in
                    isAnswers ? trials[row.trial].flatMap { kept[$0.figures.configuration.hash]?.text } ?? "" : nil
                }
            ])
    }

    private static func keptWords(isAnswers: Bool, any: Bool) -> String {
        switch (isAnswers, any) {
        case (true, true): ""
        case (true, false): "The answers were measured before Neo kept them: these are their scores, tokens and errors."
        case (false, _): "Of each trial its measurements are kept, and of the winner also what it found."
        }
    }

    /// What was measured, in words.
    private static func measured(_ metrics: [String: Double], _ failure: String?, _ metric: String) -> JSONValue {
        [
            "value": .string(PageWords.number(metrics[metric])), "failure": .string(failure ?? ""),
            "others": .string(
                metrics.filter { $0.key != metric }.sorted { $0.key < $1.key }
                    .map { "\($0.key) \(PageWords.number($0.value))" }.joined(separator: " · ")),
        ]
    }

    /// An answer with the sentences that it rests on.
    private static func kept(_ answer: KeptAnswer?, _ expected: Set<String>) -> JSONValue {
        guard let answer else { return .null }
        return [
            "said": .string(answer.text), "isAbstention": .bool(answer.isAbstention),
            "quotes": .array(
                answer.quotes.map {
                    [
                        "document": .string($0.document), "quote": .string(PageWords.shortened($0.text, 600)),
                        "isExpected": .bool(expected.contains($0.document)),
                    ]
                }),
        ]
    }

    private static func csv(_ rows: [ItemMeasurement], answer: (ItemMeasurement) -> String?) -> String {
        let names = Set(rows.flatMap(\.metrics.keys)).sorted()
        let hasAnswers = rows.contains { answer($0) != nil }
        return StudyChart.csv(
            [["trial"] + names + ["failure"] + (hasAnswers ? ["answer"] : [])]
                + rows.map { row in
                    [String(row.trial)] + names.map { row.metrics[$0].map { "\($0)" } ?? "" } + [row.failure ?? ""]
                        + (hasAnswers ? [answer(row) ?? ""] : [])
                })
    }
}

extension JSONValue {
    /// The object with more members.
    fileprivate func merging(_ members: [String: JSONValue]) -> JSONValue {
        .object((object ?? [:]).merging(members) { $1 })
    }
}
