/// How an approval was given.
package enum ApprovalWay: String, Sendable, Hashable, CaseIterable {
    /// By a person who answered at a terminal.
    case terminal
    /// By a person in the session of a browser.
    case browser
    /// By `--yes`: nobody read it.
    case automated
}
