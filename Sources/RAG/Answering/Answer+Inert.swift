extension Answer {
    /// The answer as it may be shown: quotes and what a model wrote are inert, and nothing in the passages is hidden.
    ///
    /// The places of quotes stay those of the document, whose own words may be more.
    var inert: Answer {
        var answer = self
        answer.reason = reason.map { HiddenSigns.removed(from: $0) }
        answer.quotes = quotes.map { quote in
            var quote = quote
            quote.text = InertText.of(quote.text)
            return quote
        }
        answer.generated?.text = generated.map { InertText.of($0.text) } ?? ""
        answer.passages = passages.map(\.visible)
        return answer
    }
}

extension RetrievedPassage {
    /// The passage without signs that nobody sees.
    var visible: RetrievedPassage {
        var passage = self
        passage.text = HiddenSigns.removed(from: text)
        passage.title = HiddenSigns.removed(from: title)
        passage.headings = headings.map { HiddenSigns.removed(from: $0) }
        return passage
    }
}
