internal import Base
internal import LanguageModels
internal import Storage

/// Says why nothing was found where only recordings may be used.
enum ReplayMiss {
    /// How many recorded requests are compared, the newest first.
    private static let compared = 500

    /// The error, which shows where the nearest recorded request differs first.
    static func error(_ key: RecordingKey, in store: ResponseStore) async -> LanguageModelError {
        let recorded = await store.requests(limit: compared).compactMap { try? JSONValue(parsing: $0) }
        return LanguageModelError(.notRecorded, sentence(key.document, recorded, store.path))
    }

    static func sentence(_ asked: JSONValue, _ recorded: [JSONValue], _ path: String) -> String {
        let beginning = "Only recorded answers may be used, and none in \(path) is of this request. "
        let remedy = " Ask it once without `--replay-only` to record it."
        // Of equally near ones the first, which is the newest.
        let nearest = recorded.map { ($0, JSONDifference.count(asked, $0)) }.min { $0.1 < $1.1 }?.0
        guard let nearest else { return beginning + "Nothing is recorded there." + remedy }
        guard let difference = JSONDifference.first(asked, nearest) else {
            return beginning + "The same request was recorded, but its answer is too old or damaged." + remedy
        }
        return beginning + "The nearest recorded request differs first at `\(difference.path)`: asked is "
            + "\(difference.left), recorded is \(difference.right)." + remedy
    }
}
