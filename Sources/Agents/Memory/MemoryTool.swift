package import Base
package import LanguageModels

/// `memory`: what later sessions should know, and what earlier ones left.
///
/// It writes Neo's own notes of the folder and no file of the work, so it is allowed where nothing may be changed.
package struct MemoryTool: Tool {
    private let memory: MemoryContext
    private let author: String
    private let code: MemoryCode

    package init(_ memory: MemoryContext, code: MemoryCode, author: String) {
        self.memory = memory
        self.code = code
        self.author = author
    }

    /// A commit that was made twice stands there twice.
    package let isIdempotent = false

    private static let actions = [
        "context", "commit", "branch", "merge", "log", "remember", "forget", "search",
    ]

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "memory",
            description: """
                The memory of this folder, which later sessions read. context: what is remembered; with `branch`, that branch; \
                with `id`, one commit; with `lines`, the last lines of the log. commit: keeps a step of the work in `text` (what it \
                brought, what was decided, what is left) and, in `so_far`, all progress in short; git's commit and the last test \
                result are kept with it. Commit when something works, and before you end. branch: begins a line of work `name`, whose purpose \
                is `text`. merge: takes the branch `name` over into `branch`; `text` says what it came to. log: notes `text` by the way. remember: keeps the \
                fact `text`; `source` is a file of the folder, an address or whose word it is, `quote` the file's own words that say so. \
                forget: drops the fact `id`. search: finds `text` in all of it.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["action"],
                "properties": [
                    "action": ["type": "string", "enum": .array(Self.actions.map { .string($0) })],
                    "text": ["type": "string", "minLength": 1, "maxLength": .integer(MemoryText.longest)],
                    "so_far": ["type": "string", "maxLength": .integer(MemoryText.longest)],
                    "milestone": [
                        "type": "string", "maxLength": 300,
                        "description": "For commit: a line for the project's milestones, where one was reached.",
                    ],
                    "branch": ["type": "string", "description": "main, where not given."],
                    "name": ["type": "string", "description": "For branch and merge."],
                    "prefer": [
                        "type": "string", "enum": ["ours", "theirs"],
                        "description": "For merge: whose notes count where the branches disagree.",
                    ],
                    "id": ["type": "string"],
                    "lines": ["type": "integer", "minimum": 1, "maximum": 500],
                    "source": ["type": "string", "maxLength": 500],
                    "quote": ["type": "string", "minLength": 1, "maxLength": 500],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        do {
            let (text, isTainted) = try await answer(arguments)
            try Task.checkCancellation()
            let bounded = ToolText.bounded(text, in: context)
            return ToolOutcome(bounded.text, isTainted: isTainted, whole: bounded.whole)
        } catch let error as AgentsError { return .failed(error.message) } catch let error as CancellationError {
            throw error
        } catch { return .failed("The memory could not be kept: \(sentence(for: error))") }
    }

    /// What the model reads, and whether strangers may have written it: notes quote what was read.
    private func answer(_ arguments: [String: JSONValue]) async throws -> (String, Bool) {
        let store = memory.store
        let branch = arguments["branch"]?.string ?? MemoryBranch.first
        func text(_ what: String) throws -> String {
            guard let text = arguments["text"]?.string, !text.isEmpty else {
                throw AgentsError(.usage, "\(arguments["action"]?.string ?? "It") needs `text`: \(what).")
            }
            return text
        }
        func name() throws -> String {
            guard let name = arguments["name"]?.string else { throw AgentsError(.usage, "Give the branch's `name`.") }
            return name
        }
        switch arguments["action"]?.string {
        case "context":
            if let id = arguments["id"]?.string { return (try await memory.commit(id), true) }
            if let lines = arguments["lines"]?.integer {
                let found = try store.logLines(of: branch, last: lines)
                return (found.isEmpty ? "The log is empty." : found.joined(separator: "\n"), true)
            }
            if arguments["branch"] != nil { return (try await memory.branch(branch), true) }
            return (try await memory.project(), true)
        case "commit":
            var draft = MemoryStore.Draft(step: try text("what this step brought"), author: author)
            draft.soFar = arguments["so_far"]?.string ?? ""
            draft.branch = branch
            draft.milestone = arguments["milestone"]?.string
            draft.code = await code.now()
            let commit = try store.commit(draft)
            return ("Committed \(commit.id) on \(branch).", false)
        case "branch":
            try store.branch(
                try name(), purpose: try text("why it is begun"),
                from: arguments["branch"]?.string ?? MemoryBranch.first)
            return ("Began the branch \(try name()).", false)
        case "merge":
            let commit = try store.merge(
                try name(), into: branch, summary: arguments["text"]?.string,
                preferring: arguments["prefer"]?.string.flatMap(MemoryStore.Preference.init), author: author,
                code: await code.now())
            return ("Merged \(try name()) into \(branch) as \(commit.id).", false)
        case "log":
            try store.log(try text("what is to be noted"), by: author, on: branch)
            return ("Noted.", false)
        case "remember":
            let fact = try store.remember(
                try text("the fact"), source: arguments["source"]?.string ?? "", quote: arguments["quote"]?.string,
                author: author, read: memory.read)
            return ("Remembered as \(fact.id).", false)
        case "forget":
            guard let id = arguments["id"]?.string else { throw AgentsError(.usage, "Give the fact's `id`.") }
            return ("Forgot: \(try store.forget(id).text)", true)
        case "search":
            let hits = try MemorySearch(memory).hits(for: try text("what is looked for"), limit: 10)
            guard !hits.isEmpty else { return ("Nothing is remembered of that.", false) }
            return (hits.map { "\($0.kind) \($0.name): \($0.text)" }.joined(separator: "\n"), true)
        default: throw AgentsError(.usage, "`action` is one of \(Self.actions.joined(separator: ", ")).")
        }
    }
}
