internal import Base
internal import Storage

extension QuestionMetrics {
    /// Lines of Prometheus' text format.
    func lines(inFlight: Int, _ summary: [String: JSONValue], version: String) -> [String] {
        var lines: [String] = []
        func add(_ name: String, _ type: String, _ help: String, _ values: [(labels: String, value: String)]) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
            lines += values.map { "\(name)\($0.labels.isEmpty ? "" : "{\($0.labels)}") \($0.value)" }
        }
        let configuration = ContentHash(of: summary["configuration"] ?? .null).short
        add(
            "rag_build_info", "gauge", "The program's version and the configuration that it serves.",
            [("version=\"\(version)\",config_hash=\"\(configuration)\"", "1")])
        if let documents = summary["documents"]?.number {
            add("rag_index_documents", "gauge", "Documents in the index.", [("", "\(Int(documents))")])
        }
        add(
            "rag_requests_total", "counter", "Questions by route and by how they ended.",
            requests.map { ("route=\"\($0.key.route)\",outcome=\"\($0.key.outcome.rawValue)\"", "\($0.value)") }.sorted
            { $0.labels < $1.labels })
        lines += Self.histogram(
            "rag_request_duration_seconds", "Time of questions by stage.",
            seconds.sorted { $0.key < $1.key }.map { ("stage=\"\($0.key)\"", $0.value) })
        add("rag_requests_in_flight", "gauge", "Requests that are being answered.", [("", "\(inFlight)")])
        lines += Self.histogram("rag_retrieved_documents", "Passages that were found for a question.", [("", passages)])
        lines += Self.histogram("rag_top_score", "The score of the first passage.", [("", topScores)])
        add("rag_empty_retrievals_total", "counter", "Questions for which no passage was found.", [("", "\(empty)")])
        add(
            "rag_query_ood_total", "counter", "Questions that are unlike the golden ones.", [("", "\(unlikeGolden)")])
        add(
            "rag_abstentions_total", "counter", "Questions that were not answered, by reason.",
            abstentions.map { ("reason=\"\($0.key)\"", "\($0.value)") }.sorted { $0.labels < $1.labels })
        add(
            "rag_tokens_total", "counter", "Tokens that language models read and wrote for questions.",
            tokens.map { ("type=\"\($0.key)\"", "\($0.value)") }.sorted { $0.labels < $1.labels })
        add("rag_cost_usd_total", "counter", "Dollars that questions cost.", [("", "\(dollars)")])
        if citations.count > 0 {
            add(
                "rag_citation_ratio", "gauge", "The share of citations that their passages hold, in the scored sample.",
                [("", "\(citations.sum / Double(citations.count))")])
        }
        add(
            "rag_drift_score", "gauge", "How far questions are from what they are compared with.",
            drift.map { record in
                let labels = [
                    ("measure", record.measure), ("feature", record.feature), ("reference", record.reference),
                ]
                return (labels.map { "\($0)=\"\($1)\"" }.joined(separator: ","), "\(record.value)")
            })
        add("rag_alerts_firing", "gauge", "Alerts that are open.", [("", "\(firing)")])
        add(
            "rag_request_log_dropped_total", "counter", "Requests that were answered but not written down.",
            [("", "\(dropped)")])
        return lines
    }

    private static func histogram(
        _ name: String, _ help: String, _ series: [(labels: String, histogram: Histogram)]
    ) -> [String] {
        var lines = ["# HELP \(name) \(help)", "# TYPE \(name) histogram"]
        for (labels, histogram) in series {
            let before = labels.isEmpty ? "" : labels + ","
            let behind = labels.isEmpty ? "" : "{\(labels)}"
            var total = 0
            for (bound, count) in zip(histogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
                total += count
                lines.append("\(name)_bucket{\(before)le=\"\(bound)\"} \(total)")
            }
            lines.append("\(name)_sum\(behind) \(histogram.sum)")
            lines.append("\(name)_count\(behind) \(total)")
        }
        return lines
    }
}
