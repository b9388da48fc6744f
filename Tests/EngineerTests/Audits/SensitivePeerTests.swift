import Foundation
import Testing

@testable import Engineer

private let file = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/sensitive.json" }

/// Compares with what `Tests/Peers/sensitive.py` wrote below `NEO_PEERS_DIR`: what presidio says of the same numbers.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes sensitive.json"))
struct SensitivePeerTests {
    private struct Case: Decodable {
        var kind: PersonalData.Kind
        var text: String
        var found: Bool
    }

    @Test func `numbers with check digits are told from others as presidio tells them`() throws {
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(filePath: try #require(file))))
        #expect(cases.count > 500 && cases.contains(where: \.found) && cases.contains { !$0.found })
        let different = cases.filter { item in
            PersonalData.all(in: Array(item.text.utf8)).contains { $0.kind == item.kind } != item.found
        }
        #expect(different.isEmpty, "\(different.count) of \(cases.count): \(different.prefix(20))")
    }
}
