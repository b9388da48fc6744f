import Base
import Documents
import Foundation
import RAG
import Retrieval
import Testing

/// Resolves published golden sets; they lie beside the repository, where they are present at all.
@Suite struct WikipediaGoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .appendingPathComponent("../../../../../shared/data/wikipedia").standardizedFileURL.path

    @Test(
        "Every quote resolves, and each named by its text alone is found in the same document",
        .enabled(if: FileManager.default.fileExists(atPath: folder), "the data sets are not on this machine"),
        arguments: ["finance", "law", "maths"]
    )
    func resolves(name: String) async throws {
        let diagnostics = DiagnosticCollector()
        let folder = Self.folder + "/" + name
        let documents = try await DocumentLoader(diagnostics: diagnostics).load(["documents/*.md"], base: folder)
        let golden = try GoldenSet(path: folder + "/golden.jsonl", diagnostics: diagnostics)
        let resolver = EvidenceResolver(documents: documents)
        let resolved = await resolver.resolve(golden, diagnostics: diagnostics)
        #expect(resolved.quotes > 0 && resolved.resolvedShare == 1, "\(diagnostics.all.map(\.text))")
        let quotes = golden.questions.flatMap { $0.evidence.joined() }
        let found = await resolver.documents(holding: quotes.map(\.quote))
        for (quote, holders) in zip(quotes, found) {
            #expect(holders.contains { $0.rawValue == quote.document }, "\(quote)")
        }
    }
}
