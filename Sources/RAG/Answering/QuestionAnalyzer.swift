package import Retrieval

extension Analyzer {
    /// Makes the terms by which questions and sentences are compared: English stems, without the words that
    /// make a question a question.
    package static func forQuestions() -> Analyzer {
        Analyzer(stemmer: try? Stemmer(language: "english"), stopWords: .questions, codeAware: true)
    }
}

extension StopWords {
    /// The usual English ones, and those that say how something is asked rather than what about.
    package static let questions = StopWords(
        name: "questions",
        words: StopWords.english.words.union([
            "about", "am", "any", "can", "could", "did", "do", "does", "from", "give", "get", "had", "has", "have",
            "how", "i", "its", "just", "may", "me", "might", "must", "my", "need", "one", "our", "out", "please",
            "shall", "should", "so", "some", "tell", "than", "them", "those", "too", "us", "want", "we", "were",
            "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "would", "you",
            "your",
        ])
    )
}
