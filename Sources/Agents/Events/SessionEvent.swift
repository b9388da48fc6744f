package import LanguageModels
package import Sandbox

/// Something that happened in a session. All that a session is follows from its events in their order: the conversation,
/// what was spent, what is still to be done.
package struct SessionEvent: Sendable, Hashable {
    /// Its place in the session, counted from 0 without gaps; -1 for what is only shown and never kept.
    package var number: Int
    /// When it happened, in seconds since 1970.
    package var time: Double
    /// What happened.
    package var kind: Kind

    /// What can happen.
    package enum Kind: Sendable, Hashable {
        /// The session begins.
        case session(SessionStart)
        /// Somebody says something to the model.
        case message(SaidMessage)
        /// The model writes; only shown.
        case delta(Delta)
        /// The model's whole answer.
        case turn(Turn)
        /// What an answer took.
        case usage(UsageNote)
        /// A tool is about to run.
        case toolCall(ToolStart)
        /// A tool ran, or was not allowed to.
        case toolResult(ToolEnd)
        /// Somebody decided whether a tool may run.
        case approval(Approval)
        /// Older messages were replaced by a summary.
        case compaction(CompactionRecord)
        /// The files as they were were kept.
        case checkpoint(CheckpointRecord)
        /// The session was taken up again.
        case resumed(ResumeRecord)
        /// From here on, this model is asked.
        case model(String)
        /// The work is over, for now.
        case end(SessionEnd)
    }

    /// An event.
    package init(number: Int = -1, time: Double = 0, kind: Kind) {
        self.number = number
        self.time = time
        self.kind = kind
    }
}

/// How a session begins.
package struct SessionStart: Sendable, Hashable {
    /// The form of the file; a program reads its own and older ones.
    package static let currentVersion = 1

    package var version = SessionStart.currentVersion
    package var id: String
    package var model: String
    package var workspace: String
    package var mode: PermissionMode
    /// What the model is told first; stays the same for the whole session, so that servers can keep what they computed.
    package var instructions: String
    package var limits: AgentLimits
    /// The session that it was made from.
    package var parent: String?
    /// What puts up the walls around what the model has run.
    package var runtime: SandboxRuntime

    package init(
        id: String, model: String, workspace: String, mode: PermissionMode, instructions: String,
        limits: AgentLimits = AgentLimits(), parent: String? = nil, runtime: SandboxRuntime = .bubblewrap
    ) {
        self.id = id
        self.model = model
        self.workspace = workspace
        self.mode = mode
        self.instructions = instructions
        self.limits = limits
        self.parent = parent
        self.runtime = runtime
    }
}

/// Words for the model.
package struct SaidMessage: Sendable, Hashable {
    /// Who says them.
    package enum Source: String, Sendable, Hashable {
        case user
        /// The user, while work is going on.
        case steering
        /// Neo, because the model goes in circles or says nothing.
        case notice
        /// What a hook or a check found.
        case hook
        /// Instruction files and other sources of what should be known.
        case context
    }

    package var text: String
    package var source: Source

    package init(_ text: String, from source: Source = .user) {
        self.text = text
        self.source = source
    }
}

/// A piece of an answer.
package enum Delta: Sendable, Hashable {
    case text(String)
    case reasoning(String)
}

/// An answer of the model.
package struct Turn: Sendable, Hashable {
    package var number: Int
    package var message: AssistantMessage
    package var stopReason: StopReason

    package init(number: Int, message: AssistantMessage, stopReason: StopReason) {
        self.number = number
        self.message = message
        self.stopReason = stopReason
    }
}

/// What one answer took.
package struct UsageNote: Sendable, Hashable {
    package var tokens: TokenUsage
    /// In dollars; nil where the price is not known.
    package var dollars: Double?
    /// What the session has taken so far, this included; nil in files of older programs.
    package var total: SessionTotals?

    package init(tokens: TokenUsage, dollars: Double? = nil, total: SessionTotals? = nil) {
        self.tokens = tokens
        self.dollars = dollars
        self.total = total
    }
}

/// What a session has taken so far, so that a list of sessions reads the end of a file only.
package struct SessionTotals: Sendable, Hashable {
    /// Answers before this one, also those that were taken back.
    package var turns: Int
    /// Tokens read and written.
    package var tokens: Int
    package var dollars: Double
    /// The model that is asked.
    package var model: String

    package init(turns: Int, tokens: Int, dollars: Double, model: String) {
        self.turns = turns
        self.tokens = tokens
        self.dollars = dollars
        self.model = model
    }
}

/// The mark before a tool runs.
package struct ToolStart: Sendable, Hashable {
    package var callID: String
    package var name: String
    package var arguments: String
    /// Whether it may simply run again where nobody knows how it ended.
    package var isIdempotent: Bool

    package init(callID: String, name: String, arguments: String, isIdempotent: Bool) {
        self.callID = callID
        self.name = name
        self.arguments = arguments
        self.isIdempotent = isIdempotent
    }
}

/// How a tool ended.
package struct ToolEnd: Sendable, Hashable {
    package var callID: String
    package var text: String
    package var isError: Bool
    /// Whether the text comes from the web or from documents, and so may hold a stranger's instructions.
    package var isTainted: Bool
    /// The file with all of it, where the text is head and tail.
    package var whole: String?

    package init(callID: String, text: String, isError: Bool = false, isTainted: Bool = false, whole: String? = nil) {
        self.callID = callID
        self.text = text
        self.isError = isError
        self.isTainted = isTainted
        self.whole = whole
    }
}

/// A decision about a tool call.
package struct Approval: Sendable, Hashable {
    package var callID: String
    package var isAllowed: Bool
    /// The rule, or who decided.
    package var reason: String

    package init(callID: String, isAllowed: Bool, reason: String) {
        self.callID = callID
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// A summary in the place of older messages.
package struct CompactionRecord: Sendable, Hashable {
    /// How many messages, from the first on, the summary stands for.
    package var replaced: Int
    package var summary: String

    package init(replaced: Int, summary: String) {
        self.replaced = replaced
        self.summary = summary
    }
}

/// Files as they were before a turn.
package struct CheckpointRecord: Sendable, Hashable {
    package var id: String
    package var turn: Int

    package init(id: String, turn: Int) {
        self.id = id
        self.turn = turn
    }
}

/// A session that goes on after its process ended.
package struct ResumeRecord: Sendable, Hashable {
    /// Bytes of a line that was never finished, which were taken away.
    package var mendedBytes: Int
    /// Back to this event, exclusive; nil where nothing was taken back. Where that event is a rewinding, it is undone.
    package var rewoundTo: Int?
    /// The limits from now on; nil where they stay.
    package var limits: AgentLimits?
    /// The checkpoint of the files as they were before they were taken back; nil where none were.
    package var files: String?

    package init(mendedBytes: Int = 0, rewoundTo: Int? = nil, limits: AgentLimits? = nil, files: String? = nil) {
        self.mendedBytes = mendedBytes
        self.rewoundTo = rewoundTo
        self.limits = limits
        self.files = files
    }
}

/// Why work ended.
package struct SessionEnd: Sendable, Hashable {
    /// The kinds of ends.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The model had said all.
        case done
        /// The user stopped it.
        case stopped
        case turnLimit = "turn_limit"
        case tokenLimit = "token_limit"
        case costLimit = "cost_limit"
        case timeLimit = "time_limit"
        /// The model went in circles, and did after it was told.
        case stuck
        /// The model could not be asked.
        case modelFailed = "model_failed"
        /// The model is done, and checks of the project are red.
        case redChecks = "red_checks"
    }

    package var reason: Reason
    /// A sentence; empty where there is nothing to say.
    package var message: String

    package init(_ reason: Reason, _ message: String = "") {
        self.reason = reason
        self.message = message
    }
}
