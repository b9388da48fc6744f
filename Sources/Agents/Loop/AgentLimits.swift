/// How far an agent may go; a session that is taken up again keeps what was left.
package struct AgentLimits: Sendable, Hashable {
    /// Answers of the model.
    package var turns: Int
    /// Tokens read and written, together; nil means no limit.
    package var tokens: Int?
    /// Dollars; nil means no limit.
    package var dollars: Double?
    /// Seconds on the clock while it works; nil means no limit.
    package var wallSeconds: Double?

    package init(turns: Int = 100, tokens: Int? = nil, dollars: Double? = nil, wallSeconds: Double? = nil) {
        self.turns = turns
        self.tokens = tokens
        self.dollars = dollars
        self.wallSeconds = wallSeconds
    }
}
