internal import AutoML
internal import Base
internal import Tracking

extension Evaluation {
    /// Logs the evaluation as a run. It stays unlogged where the inbox cannot be written: the result is what counts.
    package func track(_ project: Project, command: [String]) {
        var configuration: [String: JSONValue] = ["objective": .string(objective.metric)]
        configuration["configuration"] = self.configuration.map { .object($0.values) }
        configuration["questions"] = .integer(measurements.count)
        let logger = try? RunLogger(
            in: project.path(".neo"), project: project.file.name, name: "evaluation",
            facts: RunFacts(
                kind: "evaluation", configuration: .object(configuration),
                origin: RunLogger.origin(command: command, seed: project.file.seed)))
        var metrics = self.metrics
        metrics["score"] = score.value
        metrics["score/lower"] = score.lower
        metrics["score/upper"] = score.upper
        logger?.log(metrics, step: 0)
        logger?.finish()
    }
}
