extension QueryView {
    private static func time(_ column: String) -> String { "make_timestamp(CAST(\(column) * 1000000 AS BIGINT))" }

    /// What a running service keeps. No agent sees the requests: where neo.yaml says so they hold users' words.
    static let service: [QueryView] = [
        QueryView(
            "requests", from: .service, "service_db.requests", isForAgents: false,
            [
                Column("request", "VARCHAR", "id"), Column("time", "TIMESTAMP", time("time")),
                Column("service", "VARCHAR"), Column("origin", "VARCHAR"), Column("route", "VARCHAR"),
                Column("release", "BIGINT"), Column("outcome", "VARCHAR"), Column("status", "BIGINT"),
                Column("error", "VARCHAR"), Column("milliseconds", "DOUBLE"), Column("stages", "JSON"),
                Column("passages", "BIGINT"), Column("top_score", "DOUBLE"), Column("score_gap", "DOUBLE"),
                Column("similarity", "DOUBLE"), Column("coverage", "DOUBLE"), Column("evidence", "DOUBLE"),
                Column("terms", "BIGINT"), Column("characters", "BIGINT"), Column("reason", "VARCHAR"),
                Column("citations", "DOUBLE"), Column("model", "VARCHAR"), Column("input_tokens", "BIGINT"),
                Column("output_tokens", "BIGINT"), Column("dollars", "DOUBLE"), Column("query_hash", "VARCHAR"),
                Column("query", "VARCHAR"), Column("answer", "VARCHAR"), Column("golden", "VARCHAR"),
            ]),
        QueryView(
            "service_alerts", from: .service, "service_db.alerts",
            [
                Column("alert", "BIGINT", "id"), Column("rule", "VARCHAR"), Column("severity", "VARCHAR"),
                Column("state", "VARCHAR"), Column("began", "TIMESTAMP", time("began")),
                Column("fired", "TIMESTAMP", time("fired")), Column("ended", "TIMESTAMP", time("ended")),
                Column("acknowledged", "TIMESTAMP", time("acknowledged")), Column("acknowledged_by", "VARCHAR"),
                Column("title", "VARCHAR"), Column("evidence", "JSON"), Column("command", "VARCHAR"),
            ]),
        QueryView(
            "drift", from: .service, "service_db.drift", isForAgents: false,
            [
                Column("time", "TIMESTAMP", time("time")), Column("reference", "VARCHAR"),
                Column("feature", "VARCHAR"), Column("measure", "VARCHAR"), Column("value", "DOUBLE"),
                Column("threshold", "DOUBLE"), Column("p", "DOUBLE"), Column("drifted", "BOOLEAN"),
                Column("reference_count", "BIGINT"), Column("current_count", "BIGINT"), Column("detail", "VARCHAR"),
            ]),
        QueryView(
            "probes", from: .service, "service_db.probes", isForAgents: false,
            [
                Column("time", "TIMESTAMP", time("time")), Column("question", "VARCHAR"), Column("passed", "BOOLEAN"),
                Column("milliseconds", "DOUBLE"), Column("detail", "VARCHAR"),
            ]),
        QueryView(
            "judgements", from: .service, "service_db.judgements", isForAgents: false,
            [
                Column("time", "TIMESTAMP", time("time")), Column("request", "VARCHAR"), Column("release", "BIGINT"),
                Column("judge", "VARCHAR"), Column("criterion", "VARCHAR"), Column("score", "DOUBLE"),
            ]),
        QueryView(
            "feedback", from: .service, "service_db.feedback", isForAgents: false,
            [
                Column("time", "TIMESTAMP", time("time")), Column("kind", "VARCHAR"),
                Column("request", "VARCHAR", "answer"),
                Column("release", "BIGINT"), Column("rater", "VARCHAR"), Column("rating", "BIGINT"),
                Column("reason", "VARCHAR"), Column("comment", "VARCHAR"), Column("correction", "VARCHAR"),
                Column("document", "VARCHAR"), Column("question", "VARCHAR"), Column("answer", "VARCHAR", "text"),
                Column("way", "VARCHAR"), Column("counts", "BOOLEAN"),
            ]),
        QueryView(
            "comparisons", from: .service, "service_db.comparisons", isForAgents: false,
            [
                Column("time", "TIMESTAMP", time("time")), Column("first", "BIGINT"), Column("second", "BIGINT"),
                Column("outcome", "VARCHAR"), Column("question", "VARCHAR"), Column("rater", "VARCHAR"),
                Column("counts", "BOOLEAN"),
            ]),
    ]
}
