package import Retrieval

extension Analyzer {
    /// Makes the terms by which questions and sentences are compared: stems, without the words that make a question
    /// a question, which are known for English; of other languages their stop words go.
    package static func forQuestions(in language: TextLanguage = .english) -> Analyzer {
        Analyzer(
            stemmer: try? Stemmer(language: language.name),
            stopWords: language == .english ? .questions : language.stopWords, codeAware: true,
            elision: language.elision
        )
    }
}

extension StopWords {
    /// The usual English ones, and those that say how something is asked rather than what about. In a manual they
    /// are rare (`happens`, `gave`, `I'm`), so that without this list they would weigh more than the subject's name.
    package static let questions = StopWords(
        name: "questions",
        words: StopWords.english.words.union([
            "about", "also", "am", "any", "been", "can", "can't", "could", "did", "didn't", "do", "does", "doesn't",
            "don't", "from", "gave", "get", "gets", "give", "given", "gives", "got", "had", "happen", "happened",
            "happens", "has", "have", "how", "i", "i'd", "i'm", "i've", "isn't", "it's", "its", "just", "may", "me",
            "might", "more", "must", "my", "need", "now", "one", "only", "other", "our", "out", "please", "shall",
            "should", "so", "some", "tell", "than", "that's", "them", "those", "too", "us", "want", "we", "we're",
            "were", "what", "what's", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
            "won't", "would", "you", "your",
        ])
    )
}
