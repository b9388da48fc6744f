extension QueryView {
    /// Seconds since 1970 as a time in UTC.
    private static func time(_ column: String) -> String { "make_timestamp(CAST(\(column) * 1000000 AS BIGINT))" }

    private static let runOfRow: [Column] = [
        Column("run", "VARCHAR", "runs.id"), Column("name", "VARCHAR", "runs.name"),
        Column("project", "VARCHAR", "runs.project"),
    ]

    /// All, in the order of the documentation.
    package static let all: [QueryView] =
        [
            QueryView(
                "runs", from: .runs, "runs_db.runs",
                [
                    Column("run", "VARCHAR", "id"), Column("name", "VARCHAR"), Column("project", "VARCHAR"),
                    Column("kind", "VARCHAR"), Column("group", "VARCHAR"), Column("parent", "VARCHAR"),
                    Column("status", "VARCHAR"), Column("config", "JSON", "configuration"),
                    Column("tags", "VARCHAR[]", "from_json(tags, '[\"VARCHAR\"]')"), Column("git_commit", "VARCHAR"),
                    Column("git_dirty", "BOOLEAN"), Column("host", "VARCHAR"), Column("hardware", "JSON"),
                    Column("command", "VARCHAR[]", "from_json(command, '[\"VARCHAR\"]')"), Column("seed", "VARCHAR"),
                    Column("started", "TIMESTAMP", time("started")), Column("ended", "TIMESTAMP", time("ended")),
                    Column("last_logged", "TIMESTAMP", time("last_logged")),
                    Column("seconds", "DOUBLE", "coalesce(ended, last_logged) - started"), Column("notes", "VARCHAR"),
                    Column("failure", "VARCHAR"), Column("points", "BIGINT"), Column("last_step", "BIGINT"),
                ]),
            QueryView(
                "metrics", from: .runs,
                """
                runs_db.points AS points JOIN runs_db.runs AS runs ON runs.number = points.run
                JOIN runs_db.metrics AS names ON names.id = points.metric
                """,
                runOfRow + [
                    Column("metric", "VARCHAR", "names.name"), Column("is_system", "BOOLEAN", "names.is_system"),
                    Column("number", "BIGINT", "points.number"), Column("step", "BIGINT", "points.step"),
                    Column("time", "TIMESTAMP", time("points.time")),
                    // SQLite keeps NaN as NULL.
                    Column("value", "DOUBLE", "coalesce(points.value, 'NaN'::DOUBLE)"),
                ]),
            QueryView(
                "series", from: .runs,
                """
                runs_db.series AS series JOIN runs_db.runs AS runs ON runs.number = series.run
                JOIN runs_db.metrics AS names ON names.id = series.metric
                """,
                runOfRow + [
                    Column("metric", "VARCHAR", "names.name"), Column("is_system", "BOOLEAN", "names.is_system"),
                    Column("points", "BIGINT", "series.count"), Column("last_step", "BIGINT", "series.last_step"),
                    Column("last_time", "TIMESTAMP", time("series.last_time")),
                    Column("last_value", "DOUBLE", "coalesce(series.last_value, 'NaN'::DOUBLE)"),
                    Column("minimum", "DOUBLE", "coalesce(series.minimum, 'NaN'::DOUBLE)"),
                    Column("maximum", "DOUBLE", "coalesce(series.maximum, 'NaN'::DOUBLE)"),
                ]),
            QueryView(
                "entries", from: .runs,
                "runs_db.entries AS entries JOIN runs_db.runs AS runs ON runs.number = entries.run", isForAgents: false,
                runOfRow + [
                    Column("kind", "VARCHAR", "entries.kind"), Column("key", "VARCHAR", "entries.key"),
                    Column("step", "BIGINT", "entries.step"), Column("time", "TIMESTAMP", time("entries.time")),
                    Column("content", "VARCHAR", "entries.content"), Column("hash", "VARCHAR", "entries.hash"),
                    Column("bytes", "BIGINT", "entries.bytes"), Column("media_type", "VARCHAR", "entries.media_type"),
                ]),
            QueryView(
                "alerts", from: .runs,
                "runs_db.alerts AS alerts JOIN runs_db.runs AS runs ON runs.number = alerts.run",
                runOfRow + [
                    Column("time", "TIMESTAMP", time("alerts.time")), Column("step", "BIGINT", "alerts.step"),
                    Column("level", "VARCHAR", "alerts.level"), Column("title", "VARCHAR", "alerts.title"),
                    Column("text", "VARCHAR", "alerts.text"), Column("rule", "VARCHAR", "alerts.rule"),
                    Column("seen", "VARCHAR", "alerts.seen"),
                ]),
            QueryView(
                "trials", from: .state,
                """
                state_db.trials AS trials
                LEFT JOIN state_db.durations AS durations
                    ON durations.study = trials.study AND durations.trial = trials.number
                LEFT JOIN (
                    SELECT study, trial, sum(dollars) AS dollars FROM state_db.calls GROUP BY ALL
                ) AS costs ON costs.study = trials.study AND costs.trial = trials.number
                """,
                [
                    Column("study", "VARCHAR", "trials.study"), Column("trial", "BIGINT", "trials.number"),
                    Column("state", "VARCHAR", "trials.state"), Column("config", "JSON", "trials.configuration"),
                    Column("origin", "VARCHAR", "trials.origin"), Column("failure", "VARCHAR", "trials.failure"),
                    Column("seconds", "DOUBLE", "durations.seconds"), Column("dollars", "DOUBLE", "costs.dollars"),
                ]),
            // The conditions are always true: who asks for no column of a table would ask for its ROWID, which it lacks.
            QueryView(
                "measurements", from: .state,
                """
                (SELECT study, trial, NULL AS configuration, 'search' AS split, item, metrics, failure
                    FROM state_db.measurements WHERE study <> ''
                UNION ALL SELECT study, NULL, configuration, split, item, metrics, failure
                    FROM state_db.evaluations WHERE study <> '')
                """,
                [
                    Column("study", "VARCHAR"), Column("trial", "BIGINT"), Column("configuration", "VARCHAR"),
                    Column("split", "VARCHAR"), Column("item", "VARCHAR"), Column("metrics", "JSON"),
                    Column("failure", "VARCHAR"),
                ]),
            QueryView(
                "answer_measurements", from: .state,
                "(SELECT * FROM state_db.answer_measurements WHERE evaluation <> '')", isForAgents: false,
                [
                    Column("evaluation", "VARCHAR"), Column("configuration", "VARCHAR"), Column("item", "VARCHAR"),
                    Column("metrics", "JSON"),
                ]),
            QueryView(
                "verdicts", from: .state, "state_db.verdicts", isForAgents: false,
                [
                    Column("requirement", "VARCHAR"), Column("metric", "VARCHAR"), Column("test", "VARCHAR"),
                    Column("verdict", "VARCHAR"), Column("value", "DOUBLE"), Column("lower", "DOUBLE"),
                    Column("upper", "DOUBLE"), Column("count", "BIGINT"), Column("basis", "VARCHAR"),
                    Column("study", "VARCHAR"), Column("trial", "BIGINT"),
                    Column("measured", "TIMESTAMP", "try_cast(replace(measured, 'Z', '') AS TIMESTAMP)"),
                    Column("recorded", "TIMESTAMP", "try_cast(replace(recorded, 'Z', '') AS TIMESTAMP)"),
                    Column("sentence", "VARCHAR"), Column("fingerprint", "VARCHAR"),
                ]),
            QueryView(
                "audits", from: .state,
                """
                (SELECT audits.id AS audit, made, seed, generator, worst, finding, family, severity, what, count, standard, remedy
                    FROM state_db.audits AS audits LEFT JOIN state_db.audit_findings AS found ON found.audit = audits.id
                    WHERE audits.id > 0)
                """, isForAgents: false,
                [
                    Column("audit", "BIGINT"),
                    Column("made", "TIMESTAMP", "try_cast(replace(made, 'Z', '') AS TIMESTAMP)"),
                    Column("seed", "VARCHAR"), Column("generator", "VARCHAR"), Column("worst", "VARCHAR"),
                    Column("finding", "VARCHAR"), Column("family", "VARCHAR"), Column("severity", "VARCHAR"),
                    Column("what", "VARCHAR"), Column("count", "BIGINT"), Column("standard", "VARCHAR"),
                    Column("remedy", "VARCHAR"),
                ]),
            QueryView(
                "ledger", from: .state, "state_db.calls",
                [
                    Column("call", "BIGINT", "id"),
                    Column("started", "TIMESTAMP", "try_cast(replace(started, 'Z', '') AS TIMESTAMP)"),
                    Column("project", "VARCHAR"), Column("search", "VARCHAR"), Column("study", "VARCHAR"),
                    Column("trial", "BIGINT"), Column("role", "VARCHAR"), Column("endpoint", "VARCHAR"),
                    Column("model", "VARCHAR"), Column("outcome", "VARCHAR"), Column("code", "VARCHAR"),
                    Column("cache_hit", "BOOLEAN"), Column("input_tokens", "BIGINT"),
                    Column("cached_input_tokens", "BIGINT"), Column("cache_creation_tokens", "BIGINT"),
                    Column("output_tokens", "BIGINT"), Column("reasoning_tokens", "BIGINT"),
                    Column("estimated", "BOOLEAN"), Column("price", "JSON"), Column("dollars", "DOUBLE"),
                    Column("milliseconds", "DOUBLE"), Column("first_piece_milliseconds", "DOUBLE"),
                ]),
            QueryView(
                "events", from: .sessions, "session_lines", isForAgents: false,
                [
                    Column("session", "VARCHAR", "regexp_extract(filename, '([^/]*)[.]jsonl$', 1)"),
                    Column("number", "BIGINT", "json_extract(json, '$.number')"),
                    Column("time", "TIMESTAMP", time("CAST(json_extract(json, '$.time') AS DOUBLE)")),
                    Column("type", "VARCHAR", "json_extract_string(json, '$.type')"), Column("event", "JSON", "json"),
                ]),
        ] + service
}
