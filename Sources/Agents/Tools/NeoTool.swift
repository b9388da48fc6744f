package import Base
package import LanguageModels

/// `neo`: what Neo itself does in a project. It measures and answers; it neither approves nor promotes.
///
/// It runs outside of the walls, as the user's own Neo: it reads the held-out questions, and gives aggregate scores.
package struct NeoTool: Tool {
    /// How an invocation ended.
    package struct Ending: Sendable, Hashable {
        package var status: Int
        package var output: String
        package var errorOutput: String

        package init(status: Int, output: String, errorOutput: String) {
            self.status = status
            self.output = output
            self.errorOutput = errorOutput
        }
    }

    /// Runs Neo with arguments until it ends, or the task is cancelled.
    package typealias Program = @Sendable (_ arguments: [String]) async throws -> Ending

    private static let mostMinutes = 120
    private let project: String
    private let program: Program

    /// - Parameter project: the project's folder.
    package init(project: String, program: @escaping Program) {
        self.project = project
        self.program = program
    }

    /// A search goes on where it was; answers and costs are read.
    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "neo",
            description: """
                Works with the Neo project of this folder. search: tries configurations on the search questions of \
                golden.jsonl, goes on where the last search of the same settings stopped, and tells the winner and its \
                scores; report.md has the rest. ask: answers a question from the documents, with the winner. costs: what \
                calls of models have cost.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["verb"],
                "properties": [
                    "verb": ["type": "string", "enum": ["search", "ask", "costs"]],
                    "question": ["type": "string", "minLength": 1, "description": "For ask."],
                    "trials": [
                        "type": "integer", "minimum": 1, "maximum": 1000,
                        "description": "For search: how many configurations; what neo.yaml says, where not given.",
                    ],
                    "minutes": [
                        "type": "integer", "minimum": 1, "maximum": .integer(Self.mostMinutes),
                        "description": "For search: start nothing new after this time; 10 where not given.",
                    ],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        arguments["verb"]?.string == "search" ? [.writes(project + "/results.json")] : [.reads(project)]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let verb = arguments["verb"]?.string ?? ""
        var line = [verb]
        if verb == "ask" {
            guard let question = arguments["question"]?.string, !question.contains("\0") else {
                return .failed("ask needs a `question`, in plain text.")
            }
            // After `--`, nothing is an option.
            line += ["--quiet", "--", question, project]
        } else {
            if verb == "search" {
                line += ["--quiet", "--budget", "\(arguments["minutes"]?.integer ?? 10)m"]
                if let trials = arguments["trials"]?.integer { line += ["--trials", "\(trials)"] }
            }
            line.append(project)
        }
        let ending: Ending
        do { ending = try await program(line) } catch let error as CancellationError { throw error } catch {
            return .failed("Neo could not be run: \(error)")
        }
        try Task.checkCancellation()
        let isError = ending.status != 0 && ending.output.isEmpty
        let bounded = ToolText.bounded(isError ? Self.reason(ending) : ending.output, in: context)
        return ToolOutcome(bounded.text, isError: isError, isTainted: verb == "ask", whole: bounded.whole)
    }

    /// Why it failed. What is wrong with single golden rows, held-out ones among them, is for people.
    private static func reason(_ ending: Ending) -> String {
        let lines = ending.errorOutput.split(separator: "\n")
        if ending.errorOutput.contains("golden") {
            return "Something is wrong with the golden questions; the user can see what with `neo check`."
        }
        return lines.first.map(String.init) ?? "Exit code \(ending.status)."
    }
}
