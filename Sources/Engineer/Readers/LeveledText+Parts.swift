extension LeveledText {
    /// The same text, changed at each level alike.
    package func mapped(_ change: (String) -> String) -> LeveledText {
        LeveledText(newcomer: change(newcomer), practitioner: change(practitioner), expert: change(expert))
    }

    /// The levels that have a text.
    package var levels: [ReaderLevel] { ReaderLevel.allCases.filter { !self[$0].isEmpty } }

    /// The level that is open first for a reader.
    package func opened(for level: ReaderLevel) -> ReaderLevel? { level.nearest(of: levels) }

    /// The paragraphs of a level: what empty lines part.
    package func paragraphs(_ level: ReaderLevel) -> [String] {
        self[level].split(separator: "\n\n").map(String.init)
    }
}
