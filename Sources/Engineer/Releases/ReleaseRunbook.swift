/// How a release is run, and what to do when something is wrong: `RUNBOOK.md`.
struct ReleaseRunbook {
    let manifest: ReleaseManifest
    /// Whether not everybody sees every document.
    let hasReaders: Bool

    /// The document.
    var text: String {
        MarkdownReport.render(
            title: "Runbook: \(manifest.project), release \(manifest.release)",
            start + health + release + trouble + restore)
    }

    private var start: [ReportBlock] {
        [
            .heading("Start and stop"),
            .paragraph("In the project, with the release that is live; or this folder alone, wherever it lies:"),
            .command("neo serve PROJECT --port 8080"),
            .command("neo serve PROJECT/release/\(manifest.release) --port 8080"),
            .paragraph(
                "As a service of systemd: install.sh copies this folder below /opt/neo-release and installs service.unit, "
                    + "which starts it again when it ends. The first SIGTERM lets requests in flight finish; the second "
                    + "ends the process."),
            .command("sudo ./install.sh"), .command("systemctl status neo-release"),
        ] + readers
    }

    private var readers: [ReportBlock] {
        guard hasReaders else { return [] }
        return [
            .paragraph(
                "Not everybody sees every document (access in neo.yaml). In the project, keys say who sees what, by the rules of "
                    + "neo.yaml as it is now. This folder alone keeps to the rules that it was made "
                    + "with, and shows what everybody sees; --groups says more for whoever has the token:"),
            .command("neo serve PROJECT/release/\(manifest.release) --port 8080 --token-file TOKEN --groups hr"),
        ]
    }

    private var health: [ReportBlock] {
        [
            .heading("Is it well?"),
            .table(
                header: ["Look at", "It is well where"],
                rows: [
                    ["GET /healthz", "200: the process answers"],
                    ["GET /readyz", "200: the release has answered a first question; 503 while it is loaded"],
                    ["GET /version", "release names the number that you expect"],
                    ["GET /metrics", "neo_http_requests_total has few of status 500 and above"],
                    ["header neo-release of any answer", "the number of the release that gave it"],
                ]),
            .command("neo release test \(manifest.release) PROJECT"),
            .command("neo release verify \(manifest.release) PROJECT"),
        ]
    }

    private var release: [ReportBlock] {
        [
            .heading("Promote, and roll back"),
            .paragraph(
                "A server that runs takes over within a second what is decided here; no request fails on it. A rollback "
                    + "needs no measurement: the release before is still loaded."),
            .command("neo release promote \(manifest.release) PROJECT --stage canary"),
            .command("neo release promote \(manifest.release) PROJECT"),
            .command("neo release rollback PROJECT"),
            .paragraph(
                "The server rolls back by itself where at least 5 of the last requests to a new release failed and the "
                    + "lower end of the 95 % interval of that share is over 1 %. neo release list says so."),
        ]
    }

    private var trouble: [ReportBlock] {
        [
            .heading("When something is wrong"),
            .table(
                header: ["What you see", "What to do"],
                rows: [
                    ["It does not start: the release is not as it was made", "restore the folder from a backup"],
                    ["It does not start: other weights", "neo models pull; or build the release with --models"],
                    ["Many answers with status 500", "neo release rollback; then read the log"],
                    ["Status 429", "a client asks too often; --requests-per-minute"],
                    ["Status 503 for long", "the index is being built: see memory and processor"],
                    ["Answers are out of date", "neo search, neo release build, neo release promote"],
                    ["Answers are wrong", "add the question to the golden file; neo search"],
                    ["The disk is full", "make room; nothing that was promoted is lost"],
                ]),
        ]
    }

    private var restore: [ReportBlock] {
        [
            .heading("Back up, and restore"),
            .command("neo backup PROJECT --to neo-backup.tar"),
            .command("neo restore neo-backup.tar NEW-FOLDER"),
            .paragraph(
                "A backup holds the project's files, its databases as of one moment each, and all releases, without "
                    + "what can be computed again."),
        ]
    }
}
