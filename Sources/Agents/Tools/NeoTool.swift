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
                calls of models have cost. runs: lists what was done (searches, evaluations, sessions, whatever was \
                logged), shows one with its figures, or compares several. query: SQL (DuckDB, one SELECT) over the \
                tables runs, metrics, series, alerts, trials, measurements and ledger; SHOW TABLES and DESCRIBE tell more.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["verb"],
                "properties": [
                    "verb": ["type": "string", "enum": ["search", "ask", "costs", "runs", "query"]],
                    "question": ["type": "string", "minLength": 1, "description": "For ask."],
                    "trials": [
                        "type": "integer", "minimum": 1, "maximum": 1000,
                        "description": "For search: how many configurations; what neo.yaml says, where not given.",
                    ],
                    "minutes": [
                        "type": "integer", "minimum": 1, "maximum": .integer(Self.mostMinutes),
                        "description": "For search: start nothing new after this time; 10 where not given.",
                    ],
                    "sql": ["type": "string", "minLength": 1, "description": "For query; at most 200 rows are shown."],
                    "runs": [
                        "type": "array", "items": ["type": "string", "minLength": 1], "maxItems": 20,
                        "description": """
                        For runs: none lists the latest, one is shown, two or more are compared. An id, the beginning \
                        of one, or a name.
                        """,
                    ],
                    "parts": [
                        "type": "boolean",
                        "description": "For runs, of one run: list its parts, such as the trials of a search.",
                    ],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        arguments["verb"]?.string == "search" ? [.writes(project + "/results.json")] : [.reads(project)]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let verb = arguments["verb"]?.string ?? ""
        let line: [String]
        switch commandLine(verb, arguments) {
        case .success(let built): line = built
        case .failure(let refusal): return .failed(refusal.sentence)
        }
        let ending: Ending
        do { ending = try await program(line) } catch let error as CancellationError { throw error } catch {
            return .failed("Neo could not be run: \(error)")
        }
        try Task.checkCancellation()
        let isError = ending.status != 0 && ending.output.isEmpty
        let bounded = ToolText.bounded(isError ? Self.reason(verb, ending) : ending.output, in: context)
        // What documents say, and what programs have logged, are words of strangers.
        let isTainted = ["ask", "runs", "query"].contains(verb)
        return ToolOutcome(bounded.text, isError: isError, isTainted: isTainted, whole: bounded.whole)
    }

    private struct Refusal: Error {
        var sentence: String
    }

    /// What Neo is called with. What the model wrote stands behind `--`, where nothing is an option: so it always sees the
    /// records as an agent does, and writes no file.
    private func commandLine(_ verb: String, _ arguments: [String: JSONValue]) -> Result<[String], Refusal> {
        switch verb {
        case "ask":
            guard let question = arguments["question"]?.string, !question.contains("\0") else {
                return .failure(Refusal(sentence: "ask needs a `question`, in plain text."))
            }
            return .success(["ask", "--quiet", "--", question, project])
        case "query":
            guard let sql = arguments["sql"]?.string, !sql.contains("\0") else {
                return .failure(Refusal(sentence: "query needs `sql`, such as SELECT * FROM runs."))
            }
            return .success(
                ["query", "--as-agent", "--quiet", "--rows", "200", "--project", project, "--", sql])
        case "runs":
            let runs = arguments["runs"]?.array?.compactMap(\.string) ?? []
            guard !runs.contains(where: { $0.contains("\0") }) else {
                return .failure(Refusal(sentence: "A run is named in plain text."))
            }
            let shared = ["--quiet", "--project", project]
            if arguments["parts"]?.bool == true {
                guard runs.count == 1 else {
                    return .failure(Refusal(sentence: "The parts of one run are listed: name it in `runs`."))
                }
                // With an equals sign, what begins like an option is none.
                return .success(["runs", "list", "--parent=\(runs[0])", "--limit", "100"] + shared)
            }
            switch runs.count {
            case 0: return .success(["runs", "list", "--limit", "50"] + shared)
            case 1: return .success(["runs", "show", "--as-agent"] + shared + ["--"] + runs)
            default: return .success(["runs", "compare"] + shared + ["--"] + runs)
            }
        case "search":
            var line = ["search", "--quiet", "--budget", "\(arguments["minutes"]?.integer ?? 10)m"]
            if let trials = arguments["trials"]?.integer { line += ["--trials", "\(trials)"] }
            return .success(line + [project])
        default: return .success([verb, project])
        }
    }

    /// Why it failed. What is wrong with single golden rows, held-out ones among them, is for people.
    private static func reason(_ verb: String, _ ending: Ending) -> String {
        let lines = ending.errorOutput.split(separator: "\n")
        if verb != "query", ending.errorOutput.contains("golden") {
            return "Something is wrong with the golden questions; the user can see what with `neo check`."
        }
        return lines.first.map(String.init) ?? "Exit code \(ending.status)."
    }
}
