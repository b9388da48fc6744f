internal import Base

extension MemoryStore {
    /// Notes a fact. One that says the same is replaced, so that it is as new as its source was looked at.
    ///
    /// - Parameters:
    ///   - source: a file of the folder, an address, or whose word it is; empty for none.
    ///   - quote: the words of the file that say so.
    ///   - read: the text of a file of the folder; nil where there is none that may be read.
    /// - Throws: `AgentsError` where the file does not say so.
    package func remember(
        _ text: String, source: String = "", quote: String? = nil, author: String, read: (String) -> String?
    ) throws -> MemoryFact {
        let words = MemoryText.line(text)
        guard !words.isEmpty else { throw AgentsError(.usage, "There is nothing to remember.") }
        var fact = MemoryFact(id: FactsPage.id(of: words), text: words)
        fact.date = String(time.now().timestamp.prefix(10))
        fact.author = MemoryText.line(author)
        fact.source = try Self.source(MemoryText.line(source), quote: quote.map { MemoryText.line($0) }, read)
        return try locked(making: true) { files in
            let page = try files.text(FactsPage.name) ?? FactsPage.beginning
            let rest = FactsPage.text(page, without: fact.id)
            try files.write(rest + (rest.hasSuffix("\n") ? "" : "\n") + FactsPage.lines(fact), to: FactsPage.name)
            return fact
        }
    }

    private static func source(
        _ source: String, quote: String?, _ read: (String) -> String?
    ) throws -> MemoryFact.Source? {
        guard !source.isEmpty else {
            guard quote == nil else { throw AgentsError(.usage, "Words are quoted from a source: name the file.") }
            return nil
        }
        if source.hasPrefix("http://") || source.hasPrefix("https://") { return .page(source) }
        guard let text = read(source) else {
            // A path that is none is a mistake; other words are a person's.
            guard quote == nil, !source.contains("/"), source.wholeMatch(of: /\S+\.[a-z0-9]{1,5}/) == nil else {
                throw AgentsError(.usage, "There is no file \(source) in this folder that may be read.")
            }
            return .person(source)
        }
        guard !source.contains("`") else { throw AgentsError(.usage, "\(source) has a name that memory cannot note.") }
        guard let quote else { return .file(source, quote: nil, hash: MemoryFact.hash(text)) }
        let fact = MemoryFact.Source.file(source, quote: quote, hash: nil)
        guard MemoryFact(id: "", text: "", source: fact).standing(today: "", read: read) == .holds else {
            throw AgentsError(
                .usage, "\(source) does not say \"\(quote)\", so it is no source for that. Quote its own words.")
        }
        return fact
    }

    /// Forgets a fact.
    package func forget(_ id: String) throws -> MemoryFact {
        try locked { files in
            let page = try files.text(FactsPage.name) ?? ""
            let found = FactsPage(page).facts.filter { $0.id.hasPrefix(id) }
            guard let fact = found.first, Set(found.map(\.id)).count == 1, !id.isEmpty else {
                throw AgentsError(
                    .usage,
                    "\(found.isEmpty ? "No" : "More than one") fact is named \(MemoryText.line(id, most: 40)): neo memory facts lists them."
                )
            }
            try files.write(FactsPage.text(page, without: fact.id), to: FactsPage.name)
            return fact
        }
    }

    /// All facts, each with what a look at its source gives.
    package func facts(read: (String) -> String?) throws -> [(fact: MemoryFact, standing: MemoryFact.Standing)] {
        guard exists else { return [] }
        let today = String(time.now().timestamp.prefix(10))
        return try locked { files in FactsPage(try files.text(FactsPage.name) ?? "").facts }
            .map { ($0, $0.standing(today: today, read: read)) }
    }
}
