internal import Agents
internal import ArgumentParser
internal import Base

extension Sessions {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the sessions of a folder, the newest first.",
            discussion: """
                Example:
                  neo sessions list
                  neo sessions list --folder my-project --json

                State is why the session ended (done, stopped, turn_limit, …), or open: it is at work, or its
                process was ended. A file that cannot be read is listed with what is wrong.
                """)

        @OptionGroup var place: SessionFolder

        @OptionGroup var output: OutputOptions

        func run() throws {
            let store = try place.store()
            var rows: [JSONValue] = []
            var lines: [[String]] = [["id", "began", "state", "turns", "dollars", "model", "task"]]
            for id in store.ids() {
                do {
                    let summary = try SessionSummary.read(store.path(of: id))
                    rows.append(summary.json)
                    lines.append([
                        id, summary.json["began"]?.string ?? "", summary.state, "\(summary.turns)",
                        "\((summary.dollars * 10_000).rounded() / 10_000)", summary.model,
                        String(summary.task.prefix(60)),
                    ])
                } catch {
                    let text = (error as? AgentsError)?.message ?? sentence(for: error)
                    rows.append(.object(["id": .string(id), "error": .string(text)]))
                    lines.append([id, "", "unreadable", "", "", "", text])
                }
            }
            try output.render(["sessions": .array(rows)]) {
                lines.count == 1 ? "There are no sessions in \(store.folder)." : Terminal.harmless(table(lines))
            }
        }

        private func table(_ lines: [[String]]) -> String {
            let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
            return lines.map { line in
                let cells = line.enumerated().map { column, text in
                    column == line.count - 1
                        ? text : text + String(repeating: " ", count: widths[column] - text.count)
                }
                return cells.joined(separator: "  ")
            }.joined(separator: "\n")
        }
    }
}
