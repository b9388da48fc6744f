/// An answer that a model wrote.
package struct GeneratedText: Sendable, Hashable, Codable {
    /// A passage that the answer names.
    package struct Citation: Sendable, Hashable, Codable {
        /// The number in the text: 1 is the first passage of the answer.
        package var number: Int
        /// Whether there is such a passage, and it holds most of what is said in its name.
        package var isSupported: Bool

        /// A citation.
        package init(number: Int, isSupported: Bool) {
            self.number = number
            self.isSupported = isSupported
        }
    }

    /// The answer, with the numbers of passages in square brackets.
    package var text: String
    /// The model.
    package var model: String
    /// The passages that it names, each once, in the order in which it names them.
    package var citations: [Citation]
    /// Whether something in it stands on no passage that holds it: a citation that does not support its sentence, or no
    /// citation at all where citations were asked for.
    package var isUnsupported: Bool
    /// Whether it was cut off at the greatest length.
    package var isCut: Bool
    /// How many of the passages the model read: fewer than were found, where they would not fit.
    package var readPassages: Int

    /// An answer.
    package init(
        text: String, model: String, citations: [Citation], isUnsupported: Bool, isCut: Bool, readPassages: Int
    ) {
        self.text = text
        self.model = model
        self.citations = citations
        self.isUnsupported = isUnsupported
        self.isCut = isCut
        self.readPassages = readPassages
    }
}
