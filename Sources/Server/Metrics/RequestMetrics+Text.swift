internal import Base

extension RequestMetrics {
    /// Prometheus' text format, version 0.0.4.
    func text(_ options: ServerOptions, _ summary: [String: JSONValue] = [:]) -> String {
        let state = snapshot
        var lines = Self.header("neo_build_info", "gauge", "The program's version.")
        lines.append("neo_build_info{version=\"\(options.version)\"} 1")
        for (name, help, value) in [
            ("open", "Connections that are open.", state.connections),
            ("peak", "The most connections that were open at once.", state.mostConnections),
            ("limit", "The most connections that may be open at once.", options.maximumConnections),
        ] {
            lines += Self.header("neo_http_connections_\(name)", "gauge", help)
            lines.append("neo_http_connections_\(name) \(value)")
        }
        lines += Self.header("neo_http_requests_total", "counter", "Requests by route, method and status.")
        let requests = state.requests.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        for (label, count) in requests {
            let labels = "route=\"\(label.route)\",method=\"\(label.method)\",status=\"\(label.status)\""
            lines.append("neo_http_requests_total{\(labels)} \(count)")
        }
        lines += Self.header(
            "neo_http_request_duration_seconds", "histogram", "Time from head to the end of the response.")
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            lines += Self.lines(of: histogram, route: route)
        }
        lines += Self.header("neo_http_requests_in_flight", "gauge", "Requests that are being answered.")
        lines.append("neo_http_requests_in_flight \(state.inFlight)")
        lines += Self.header("neo_answers_total", "counter", "Questions by whether they were answered.")
        lines.append("neo_answers_total{outcome=\"answered\"} \(state.answered)")
        lines.append("neo_answers_total{outcome=\"abstained\"} \(state.abstained)")
        lines += Self.modelLines(state.models)
        lines += withQuestions { $0 }.lines(inFlight: state.inFlight, summary, version: options.version)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func modelLines(_ models: [String: ModelCounts]) -> [String] {
        let models = models.sorted { $0.key < $1.key }.map { (label: "model=\"\(escaped($0.key))\"", counts: $0.value) }
        var lines = header("neo_model_answers_total", "counter", "Questions that a language model was asked.")
        for (label, counts) in models {
            lines.append("neo_model_answers_total{\(label),outcome=\"answered\"} \(counts.answered)")
            lines.append("neo_model_answers_total{\(label),outcome=\"abstained\"} \(counts.abstained)")
        }
        lines += header(
            "neo_model_unsupported_answers_total", "counter", "Answers that their passages do not hold in full.")
        for (label, counts) in models {
            lines.append("neo_model_unsupported_answers_total{\(label)} \(counts.unsupported)")
        }
        lines += header("neo_model_tokens_total", "counter", "Tokens that language models read and wrote.")
        for (label, counts) in models {
            lines.append("neo_model_tokens_total{\(label),type=\"input\"} \(counts.inputTokens)")
            lines.append("neo_model_tokens_total{\(label),type=\"output\"} \(counts.outputTokens)")
        }
        return lines
    }

    /// A label's value: a server behind the release chose the name.
    private static func escaped(_ text: String) -> String {
        text.prefix(200).map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case let other where other.isNewline: "\\n"
            default: String(character)
            }
        }.joined()
    }

    private static func header(_ name: String, _ type: String, _ help: String) -> [String] {
        ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
    }

    private static func lines(of histogram: Histogram, route: String) -> [String] {
        let name = "neo_http_request_duration_seconds"
        var lines: [String] = []
        var total = 0
        for (bound, count) in zip(Histogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
            total += count
            lines.append("\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(total)")
        }
        lines.append("\(name)_sum{route=\"\(route)\"} \(histogram.sum)")
        lines.append("\(name)_count{route=\"\(route)\"} \(total)")
        return lines
    }
}
