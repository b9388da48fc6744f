package import Retrieval

extension TextLanguage {
    /// The language that most documents are written in; English where no document's can be told, or where there is no
    /// stemmer for it.
    package static func commonest(in documents: [Document]) -> TextLanguage {
        var counts: [String: Int] = [:]
        for document in documents {
            if let code = document.language, let name = Language.stemmers[code] { counts[name, default: 0] += 1 }
        }
        // Of equally common ones the first by name, English before all, so that the result is always the same.
        let names = ["english"] + counts.keys.filter { $0 != "english" }.sorted()
        let best = names.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? "english"
        return (try? TextLanguage(named: best)) ?? .english
    }
}
