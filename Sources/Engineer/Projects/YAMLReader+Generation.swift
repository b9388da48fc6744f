internal import Base
internal import RAG
internal import Yams

extension YAMLReader {
    private static let generationKeys = [
        "objective", "judge", "own_answers", "trials", "questions", "minutes", "search",
    ]

    /// What `generator` and `generation` say.
    func generation() throws(EngineerError) -> GenerationSetting {
        var setting = GenerationSetting()
        if let node = root["generator"], node.scalar?.string != "none" {
            for node in node.sequence.map({ Array($0) }) ?? [node] {
                let model = try generator(node)
                guard !setting.models.contains(where: { $0.name == model.name }), model.name != GenerationSpace.quotes
                else {
                    throw failure(
                        "`generator` names \"\(model.name)\" twice, or by a word that stands for answers made of quotes.",
                        line: node.mark?.line)
                }
                setting.models.append(model)
            }
        }
        guard let node = root["generation"] else { return setting }
        try checkKeys(node, known: Self.generationKeys, within: "generation")
        if let value = node["objective"] {
            let known = AnswerTrialEvaluator.metrics + [AnswerTrialEvaluator.judged]
            guard let metric = value.scalar?.string, known.contains(metric) else {
                throw failure(
                    "The objective of `generation` can be \(known.joined(separator: ", ")).",
                    line: value.mark?.line)
            }
            setting.objective = metric
        }
        if let value = node["judge"] {
            guard let name = value.scalar?.string, !name.isEmpty, setting.isJudged else {
                throw failure(
                    "`judge` within `generation` names a model, and goes with `objective: \(AnswerTrialEvaluator.judged)`.",
                    line: value.mark?.line)
            }
            setting.judge = name
        }
        setting.allowsOwnAnswers = try flag("own_answers", in: node) ?? false
        setting.trials = try integer("trials", in: node, 2...100_000) ?? setting.trials
        setting.questions = try integer("questions", in: node, 2...1_000_000) ?? setting.questions
        if let value = node["minutes"] {
            guard let minutes = value.float, minutes > 0, minutes.isFinite else {
                throw failure("`minutes` must be a number above 0.", line: value.mark?.line)
            }
            setting.minutes = minutes
        }
        if let value = node["search"] {
            guard let word = value.scalar?.string, ["staged", "joint"].contains(word) else {
                throw failure(
                    "`search` within `generation` is `staged` (retrieval first, then writing) or `joint`.",
                    line: value.mark?.line)
            }
            setting.isJoint = word == "joint"
        }
        return setting
    }

    /// What calls of language models may take.
    func budgets() throws(EngineerError) -> [String: Double] {
        guard let node = root["budget"] else { return [:] }
        try checkKeys(node, known: ["usd", "tokens", "minutes"], within: "budget")
        var budgets: [String: Double] = [:]
        for (key, value) in node.mapping ?? [:] {
            guard let amount = value.float, amount >= 0, amount.isFinite else {
                throw failure(
                    "`\(key.string ?? "")` within `budget` must be a number, 0 or more.", line: value.mark?.line)
            }
            budgets[key.string ?? ""] = amount
        }
        return budgets
    }

    private func generator(_ node: Node) throws(EngineerError) -> GenerationSetting.Model {
        if let name = node.scalar?.string, !name.isEmpty { return GenerationSetting.Model(name) }
        guard node.mapping != nil else {
            throw failure(
                "`generator` must be a language model, such as smollm2-135m-instruct or ENDPOINT/MODEL of config.yaml, or "
                    + "a list of them.",
                line: node.mark?.line)
        }
        try checkKeys(node, known: ["model", "optional"], within: "generator")
        guard let name = node["model"]?.scalar?.string, !name.isEmpty else {
            throw failure("`generator` needs a `model`.", line: node.mark?.line)
        }
        return GenerationSetting.Model(name, isOptional: try flag("optional", in: node) ?? false)
    }
}
