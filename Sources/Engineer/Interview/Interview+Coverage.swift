package import Base

extension Interview {
    /// How much is known of a topic.
    package enum Coverage: String, Sendable, Codable {
        /// All that is asked of it was answered.
        case clear
        /// Some of it was answered, or nobody knows, or answers contradict each other.
        case partial
        /// Nothing of it was answered.
        case missing
    }

    /// A topic with how much is known of it.
    package struct TopicCoverage: Sendable, Hashable {
        package let topic: Questionnaire.Topic
        package let coverage: Coverage
        package let answered: Int
        package let asked: Int
    }

    /// By topic, in the questionnaire's order.
    package var coverage: [TopicCoverage] {
        let disputed = Set(conflicts.flatMap(\.questions))
        return questionnaire.topics.map { topic in
            let questions = questionnaire.questions.filter { $0.topic == topic.id && applies($0) }
            let known = questions.count { state.current($0.id)?.value != nil }
            let said = questions.count { state.current($0.id) != nil }
            let isClear = known == questions.count && !questions.contains { disputed.contains($0.id) }
            return TopicCoverage(
                topic: topic, coverage: isClear ? .clear : said == 0 ? .missing : .partial, answered: known,
                asked: questions.count)
        }
    }

    /// Whether nothing has to be asked any more: every topic is clear, or what is not was said to be unknown.
    package var isComplete: Bool { next == nil }

    /// The questions that nobody could answer.
    package var open: [String] {
        (questionnaire.questions.filter(applies) + followUpQuestions).filter { question in
            state.current(question.id).map { $0.value == nil } == true
        }.map(\.id)
    }

    /// The interview as one object.
    package var json: JSONValue {
        get throws {
            let current = (questionnaire.questions.filter(applies) + followUpQuestions)
                .compactMap { state.current($0.id) }
            return [
                "kind": .string(questionnaire.kind), "isComplete": .bool(isComplete),
                "coverage": .array(
                    coverage.map {
                        [
                            "topic": .string($0.topic.id), "title": .string($0.topic.title),
                            "coverage": .string($0.coverage.rawValue), "answered": .integer($0.answered),
                            "asked": .integer($0.asked),
                        ]
                    }),
                "answers": .array(try current.map { try JSONValue(encoding: $0) }),
                "open": .array(open.map { .string($0) }),
                "conflicts": .array(conflicts.map(\.json)),
                "follow_ups": .array(try (state.followUps ?? []).map { try JSONValue(encoding: $0) }),
                "next": next?.json ?? .null,
            ]
        }
    }
}

extension Questionnaire.Conflict {
    fileprivate var json: JSONValue {
        ["id": .string(id), "questions": .array(questions.map { .string($0) }), "why": .string(why)]
    }
}

extension Interview.Step {
    fileprivate var json: JSONValue {
        var form: [String: JSONValue] = ["name": .string(question.form.name)]
        switch question.form {
        case .choice(let options):
            form["options"] = .array(options.map { ["value": .string($0.value), "words": .string($0.words)] })
        case .number(let unit, let bounds):
            form["unit"] = .string(unit)
            form["bounds"] = [.number(bounds.lowerBound), .number(bounds.upperBound)]
        case .yesNo, .text, .list: break
        }
        return [
            "id": .string(question.id), "topic": .string(question.topic), "ask": .string(asked),
            "form": .object(form), "decides": .array(question.decides.map { .string($0) }),
            "suggestion": suggestion.map { ["value": $0.value, "why": .string($0.why)] } ?? .null,
            "conflict": conflict?.json ?? .null,
        ]
    }
}
