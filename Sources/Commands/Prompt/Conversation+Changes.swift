internal import Agents
internal import Base
internal import Engineer
internal import LanguageModels

/// The commands that change the session, while nothing is at work.
extension Conversation {
    func change(_ command: ConversationCommand) async throws {
        switch command {
        case .model(let name?): await use(name)
        case .model: prompt.print(await models())
        case .undo: try await takeBack(.lastMessage)
        case .redo: try await takeBack(.lastRewinding)
        case .compact(let focus):
            prompt.show(status: "writing a summary · Ctrl-C stops")
            if try await !opened.agent.compactNow(keeping: focus) {
                prompt.print("Nothing was replaced: a summary would not be much shorter, or a hook objects.")
            }
        case .help, .cost, .exit, .unknown: break
        }
    }

    private func use(_ name: String) async {
        do {
            let choice = try await opened.models.agentModel(name, tools: opened.tools)
            try await opened.agent.use(choice)
            prompt.print("From now on, \(choice.name) is asked.")
        } catch {
            prompt.print((error as? any DescribedError)?.message ?? sentence(for: error))
        }
    }

    private func models() async -> String {
        let now = await opened.agent.state.start?.model ?? ""
        let configuration = opened.models.configuration
        let roles = configuration.roles.map { "\($0.key.rawValue) (\($0.value.description))" }.sorted()
        let endpoints = configuration.endpoints.keys.sorted().map { $0 + "/…" }
        return """
            \(now) is asked. Another one: /model NAME, which is a role, ENDPOINT/MODEL, or a model of this machine.
            Roles: \(roles.isEmpty ? "none" : roles.joined(separator: ", ")). Endpoints: \(endpoints.joined(separator: ", ")).
            """
    }

    /// Says what is taken back, or comes again, asks, and does it.
    private func takeBack(_ target: RewindTarget) async throws {
        let agent = opened.agent
        let foreseen: Rewinding
        do { foreseen = try await agent.rewinding(to: target) } catch let error as AgentsError {
            return prompt.print(error.message)
        }
        let what =
            target == .lastRewinding
            ? "What was taken back comes again."
            : "To be taken back: \(foreseen.count) events, from \"\(await lastWords)\" on."
        var (checkpoints, files) = (opened.surroundings.checkpoints, "No files were kept, so they stay as they are.")
        if foreseen.files == nil { checkpoints = nil }
        do {
            if let kept = checkpoints, let id = foreseen.files { files = try await kept.preview(id).plan }
        } catch let error as AgentsError {
            (checkpoints, files) = (nil, "The files stay as they are. \(error.message)")
        }
        let label = target == .lastRewinding ? "Bring it again? [y/N] " : "Take it back? [y/N] "
        let answer = await prompt.ask(label, about: "\(what) \(files)")
        guard ["y", "yes"].contains(answer?.trimmed.lowercased() ?? "") else {
            return prompt.print("Nothing was changed.")
        }
        var report: RestoreReport?
        _ = try await agent.rewind(to: target) { id in
            report = try await checkpoints?.restore(id)
            return report?.before
        }
        let redo = target == .lastRewinding ? "" : " /redo brings it again."
        prompt.print((report.map(\.sentence) ?? "The files stay as they are.") + redo)
    }

    private var lastWords: String {
        get async {
            let words = await opened.agent.state.userTexts.last ?? ""
            let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return line.count > 60 ? line.prefix(60) + " …" : line
        }
    }
}

/// What a session has taken, for people.
enum CostText {
    static func of(_ agent: Agent) async -> String {
        let state = await agent.state
        let limits = state.start?.limits ?? AgentLimits()
        let dollars = (state.dollars * 10_000).rounded() / 10_000
        let spent =
            await agent.knowsPrice ? "\(dollars) dollars" : "\(dollars) dollars (the model's price is not known)"
        var parts = [
            "\(state.usedTurns) of \(limits.turns) turns",
            "\(state.usage.inputTokens) tokens read, \(state.usage.outputTokens) written"
                + (limits.tokens.map { " of \($0)" } ?? ""),
            spent + (limits.dollars.map { " of \($0)" } ?? ""),
        ]
        let (used, whole) = await agent.windowUse
        parts.append("about \(used) of \(whole) tokens of the model's window are used")
        return parts.joined(separator: "; ") + "."
    }
}
