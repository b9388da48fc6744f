internal import Base

/// `evals/evals.json` of a skill: tasks that an agent does with it and without it.
package struct SkillEvals: Sendable, Hashable {
    /// A task.
    package struct Case: Sendable, Hashable {
        package var id: String
        package var prompt: String
        /// What a good result is, for people.
        package var expectedOutput: String
        /// Files of the skill that the workspace begins with.
        package var files: [String]
        package var assertions: [SkillAssertion]
        /// Assertions that no code judges.
        package var unjudged: [String]
    }

    package static let path = "evals/evals.json"
    private static let mostCases = 200

    package let cases: [Case]

    /// Reads those of a skill.
    ///
    /// - Throws: `AgentsError` with what is wrong and where.
    package init(_ skill: Skill, _ content: SkillContent) throws(AgentsError) {
        func wrong(_ why: String) -> AgentsError { AgentsError(.usage, "\(skill.folder)/\(Self.path): \(why)") }
        guard let file = content.files.first(where: { $0.path == Self.path }) else {
            throw wrong("there is none. docs/skills.md says what is in it.")
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: file.bytes, maximumDepth: 16) } catch { throw wrong("this is no JSON.") }
        guard json["skill_name"]?.string == skill.name else { throw wrong("skill_name is not \(skill.name).") }
        guard let list = json["evals"]?.array, (1...Self.mostCases).contains(list.count) else {
            throw wrong("evals must be a list of 1 to \(Self.mostCases) cases.")
        }
        var cases: [Case] = []
        for (number, value) in list.enumerated() {
            let id = value["id"]?.string ?? value["id"]?.integer.map(String.init) ?? ""
            guard !id.isEmpty, id == ToolText.safeName(id), !cases.contains(where: { $0.id == id }) else {
                throw wrong("case \(number + 1) needs an id of its own, of letters, digits, - and _.")
            }
            guard let prompt = value["prompt"]?.string, prompt.contains(where: { !$0.isWhitespace }) else {
                throw wrong("case \(id) has no prompt.")
            }
            let files = (value["files"]?.array ?? []).compactMap(\.string)
            if let missing = files.first(where: { path in !content.files.contains { $0.path == path } }) {
                throw wrong("case \(id) names \(ToolText.oneLine(missing)), which the skill does not have.")
            }
            let texts = (value["assertions"]?.array ?? []).compactMap(\.string)
            let assertions = texts.compactMap(SkillAssertion.init)
            guard !assertions.isEmpty else {
                throw wrong("case \(id) has no assertion that code can judge, such as \"answer contains: 42\".")
            }
            cases.append(
                Case(
                    id: id, prompt: prompt, expectedOutput: value["expected_output"]?.string ?? "", files: files,
                    assertions: assertions, unjudged: texts.filter { SkillAssertion($0) == nil }))
        }
        self.cases = cases
    }
}
