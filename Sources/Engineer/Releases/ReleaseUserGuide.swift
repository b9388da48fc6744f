internal import Base

/// How one asks a release: `USER_GUIDE.md`.
struct ReleaseUserGuide {
    let manifest: ReleaseManifest
    let interface: JSONValue

    /// The document.
    var text: String {
        let paths = (interface["paths"]?.object ?? [:]).sorted { $0.key < $1.key }
        return MarkdownReport.render(
            title: "User guide: \(manifest.project), release \(manifest.release)",
            [
                .paragraph(
                    "The service answers questions about \(ReportText.count(manifest.documents, "document")) and shows "
                        + "where each answer stands. Its chat page is at / of its address."),
                .heading("Ask"),
                .command(
                    "curl -s http://localhost:8080/v1/answer -H 'content-type: application/json' "
                        + "-d '{\"query\": \"...\"}'"),
                .paragraph(
                    "abstained is true where the documents do not hold an answer: then ask in other words, or somebody who "
                        + "knows. Each citation has the document and the line. A number that stands in an answer is only "
                        + "as good as the passage below it: read it."),
                .heading("Find passages only"),
                .command(
                    "curl -s http://localhost:8080/v1/retrieve -H 'content-type: application/json' "
                        + "-d '{\"query\": \"...\", \"k\": 5}'"),
                .heading("From programs"),
                .paragraph(
                    "Clients of OpenAI and Anthropic work with http://localhost:8080/v1 or http://localhost:8080 as their "
                        + "base URL, and the model neo. openapi.json describes all paths:"),
                .table(
                    header: ["Path", "What it does"],
                    rows: paths.flatMap { path, methods in
                        (methods.object ?? [:]).sorted { $0.key < $1.key }.map { method, operation in
                            ["\(method.uppercased()) \(path)", operation["summary"]?.string ?? ""]
                        }
                    }),
                .heading("What it cannot do"),
                .paragraph(
                    "It knows nothing but its documents as they were on \(manifest.created). MODEL_CARD.md has what was "
                        + "measured, and which kinds of questions fail."),
            ])
    }
}
