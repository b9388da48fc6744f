internal import Base

/// The end of a report: what it was made with, and how to make it again.
struct ReportOrigin {
    let results: SearchResults
    let manifest: JSONValue?

    var blocks: [ReportBlock] { origin + reproduction }

    private var origin: [ReportBlock] {
        // A manifest of another search says nothing of this one.
        guard let manifest, manifest["study"]?.string == results.study else { return [] }
        let machine = manifest["machine"]
        let memory = machine?["memoryBytes"]?.integer.map { "\(($0 + 500_000_000) / 1_000_000_000) GB" }
        let words = manifest["commandLine"]?.array?.compactMap(\.string) ?? []
        let rows: [(String, String?)] = [
            ("Neo", manifest["neo"]?.string), ("Swift", manifest["swift"]?.string),
            ("Processor", machine?["processor"]?.string), ("Cores", machine?["cores"]?.integer.map(String.init)),
            ("Memory", memory), ("System", machine?["system"]?.string),
            ("Matrix products", machine?["matrixProducts"]?.string), ("Encoder", Self.models(manifest["encoder"])),
            ("Reranker", Self.models(manifest["reranker"])),
            ("Seed", String(results.seed)), ("Documents (SHA-256)", manifest["hashes"]?["documents"]?.string),
            ("Questions (SHA-256)", manifest["hashes"]?["golden"]?.string), ("Written", manifest["written"]?.string),
            ("Called as", words.isEmpty ? nil : Self.command(words)),
        ]
        return [
            .heading("How this was made"),
            .table(
                header: ["What", "Which"],
                rows: rows.compactMap { name, value in value.map { [name, $0] } } + (results.approvals?.rows ?? [])),
        ]
    }

    /// One identity, or several with their names.
    private static func models(_ json: JSONValue?) -> String? {
        guard let several = json?.object else { return json?.string }
        return several.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.string ?? "")" }.joined(separator: "; ")
    }

    private var reproduction: [ReportBlock] {
        [
            .heading("How to reproduce"),
            .paragraph(
                "Study \(results.study), seed \(results.seed), in the project \(results.project). With the same documents, "
                    + "questions, neo.yaml and version of Neo, this finds the same:"
            ),
            .command("neo search --seed \(results.seed) --trials \(results.trials.count)"),
            .paragraph("Every number of this report is computed from results.json, question by question."),
        ]
    }

    /// A command line as a shell would take it, the program by its name.
    static func command(_ words: [String]) -> String {
        let name = words.first?.split(separator: "/").last.map(String.init) ?? "neo"
        return ([name] + words.dropFirst().map(quoted)).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_./=:,%+".unicodeScalars.contains(scalar)
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
