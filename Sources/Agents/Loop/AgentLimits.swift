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

    /// Limits that are set anew; what is nil stays as it was.
    package struct Change: Sendable, Hashable {
        package var turns: Int?
        package var tokens: Int?
        package var dollars: Double?
        package var wallSeconds: Double?

        package init(turns: Int? = nil, tokens: Int? = nil, dollars: Double? = nil, wallSeconds: Double? = nil) {
            self.turns = turns
            self.tokens = tokens
            self.dollars = dollars
            self.wallSeconds = wallSeconds
        }

        /// The limits that hold then.
        package func applied(to before: AgentLimits) -> AgentLimits {
            AgentLimits(
                turns: turns ?? before.turns, tokens: tokens ?? before.tokens, dollars: dollars ?? before.dollars,
                wallSeconds: wallSeconds ?? before.wallSeconds)
        }
    }
}
