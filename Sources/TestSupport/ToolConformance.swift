package import Agents
package import Base
internal import LanguageModels

/// What every `Tool` has to hold to.
package struct ToolConformance: Sendable {
    /// Head and tail of two streams, each byte of which may take three to be shown.
    private static let mostBytes = 100_000
    private let tool: any Tool
    private let samples: [[String: JSONValue]]
    private let outputFolder: String

    /// - Parameters:
    ///   - samples: arguments of calls that may really run.
    ///   - outputFolder: an empty folder.
    package init(_ tool: any Tool, samples: [[String: JSONValue]], outputFolder: String) {
        self.tool = tool
        self.samples = samples
        self.outputFolder = outputFolder
    }

    /// What the tool does not hold to, as sentences; empty where nothing.
    package func violations() async -> [String] {
        var violations = definition()
        for (number, sample) in samples.enumerated() {
            violations += await run(sample, "Sample \(number + 1)")
            violations += await run(hostile(sample), "Sample \(number + 1) with hostile texts")
            violations += await cancelled(sample)
        }
        let name = tool.definition.name
        return violations.map { "\(name): \($0)" }
    }

    private func definition() -> [String] {
        var violations: [String] = []
        let definition = tool.definition
        if !definition.name.allSatisfy({ $0.isLowercase || $0 == "_" }) || definition.name.isEmpty {
            violations.append("Its name is not of small letters.")
        }
        if definition.description.count < 20 { violations.append("It does not say what it does.") }
        if definition.parameters["type"]?.string != "object"
            || definition.parameters["additionalProperties"]?.bool != false
        {
            violations.append("Its parameters are no closed object.")
        }
        if tool.definition != definition { violations.append("Its definition changes.") }
        for sample in samples {
            let problems = JSONSchemaCheck.problems(of: .object(sample), against: definition.parameters)
            violations += problems.map { "A sample does not have the form: \($0)." }
            if tool.effects(of: sample) != tool.effects(of: sample) { violations.append("Its effects change.") }
        }
        return violations
    }

    /// The same call with texts that a model could send to harm.
    private func hostile(_ sample: [String: JSONValue]) -> [String: JSONValue] {
        let texts = ["../../etc/passwd", "a\u{0}b", "\u{1B}[2J", "-rf", "$(id)"]
        var number = 0
        return sample.mapValues { value in
            guard value.string != nil else { return value }
            number += 1
            return .string(texts[number % texts.count])
        }
    }

    private func run(_ arguments: [String: JSONValue], _ name: String) async -> [String] {
        do {
            let outcome = try await tool.run(arguments, in: ToolContext(callID: "call", outputFolder: outputFolder))
            var violations: [String] = []
            if outcome.text.utf8.count > Self.mostBytes { violations.append("\(name) gives a result without bounds.") }
            if outcome.text.isEmpty { violations.append("\(name) gives nothing.") }
            let isRaw = outcome.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }
            if isRaw { violations.append("\(name) gives control characters.") }
            return violations
        } catch {
            return ["\(name) fails with \(error), where a result should say what was wrong."]
        }
    }

    private func cancelled(_ arguments: [String: JSONValue]) async -> [String] {
        let (tool, folder) = (tool, outputFolder)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await tool.run(arguments, in: ToolContext(callID: "cancelled", outputFolder: folder))
        }
        // A call that is over at once may give its result.
        if case .failure(let error) = await task.result, !(error is CancellationError) {
            return ["A cancelled call fails with \(error)."]
        }
        return []
    }
}
