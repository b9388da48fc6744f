package import Base

/// What a server costs a model's context over a session: its tools sent along with every request, or its skill.
///
/// A request sends the whole conversation again: what is in it at the beginning is read once a turn. With a provider's cache
/// the first turn writes it, and the others read it for less.
package struct MCPTokenCost: Sendable, Hashable {
    /// Of Anthropic's list prices: writing to the cache costs a quarter more than reading without it, reading from it a tenth.
    package static let cacheWrite = 1.25
    package static let cacheRead = 0.1

    package let turns: Int
    /// The tools' names, descriptions and schemas.
    package let schemas: Int
    /// The skill's name and description, which are always there.
    package let listing: Int
    /// Its text, which is read in the first turn and stays.
    package let body: Int

    /// What it says of each tool, which is read when it is wanted.
    package let reference: Int

    /// - Parameter count: the tokens of a text.
    package init(_ tools: [MCPTool], _ skill: MCPSkill, turns: Int = 20, count: (String) -> Int) {
        self.turns = turns
        schemas = tools.reduce(0) { $0 + count($1.name + $1.summary) + count($1.schema.json.canonicalText) }
        listing = count(skill.name + skill.description)
        body = count(skill.text)
        reference = count(skill.reference)
    }

    /// Tokens read over all turns.
    package var asTools: Int { turns * schemas }
    package var asSkill: Int { turns * (listing + body) }
    /// Where the model reads all that there is of the skill, in the first turn.
    package var asWholeSkill: Int { asSkill + turns * reference }
    /// Of a session that never needs the server.
    package var asUnusedSkill: Int { turns * listing }

    /// The same in tokens at full price, with the cache's discount.
    package func discounted(_ tokens: Int) -> Double {
        Double(tokens) / Double(turns) * (Self.cacheWrite + Double(turns - 1) * Self.cacheRead)
    }

    /// What of the tools' tokens is saved; negative where the skill costs more.
    package var saving: Double { asTools == 0 ? 0 : 1 - Double(asSkill) / Double(asTools) }

    /// For programs.
    package var json: JSONValue {
        [
            "turns": .integer(turns), "schemas": .integer(schemas), "listing": .integer(listing),
            "body": .integer(body),
            "as_tools": .integer(asTools), "as_skill": .integer(asSkill), "as_unused_skill": .integer(asUnusedSkill),
            "reference": .integer(reference), "as_whole_skill": .integer(asWholeSkill),
            "saving": .number(saving), "as_tools_cached": .number(discounted(asTools)),
            "as_skill_cached": .number(discounted(asSkill)), "cache_write": .number(Self.cacheWrite),
            "cache_read": .number(Self.cacheRead),
        ]
    }
}
