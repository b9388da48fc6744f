internal import LanguageModels
internal import Retrieval

/// A step of an answer that is being given.
package enum AnswerEvent: Sendable, Hashable {
    /// More of the text.
    case text(String)
    /// The whole answer; always the last event. What it says replaces the text that came before.
    case completed(Answer)
}

/// Answers a question with what a language model writes about the best passages.
///
/// Nothing that the model says is believed: numbers of passages that it makes up are marked, each cited passage is
/// compared with what is said in its name, and for each the sentence that comes nearest is quoted to the letter.
package struct GenerativeAnswerer: Sendable {
    private let model: any LanguageModel
    private let options: GenerationOptions
    private let quotes: ExtractiveAnswerer
    private let support: CitationSupport

    /// An answerer.
    ///
    /// - Parameter quotes: says how strong the evidence is.
    init(
        model: any LanguageModel, options: GenerationOptions, quotes: ExtractiveAnswerer, support: CitationSupport
    ) {
        self.model = model
        self.options = options
        self.quotes = quotes
        self.support = support
    }

    /// The answer.
    ///
    /// - Parameter passages: what was found, best first.
    /// - Throws: `LanguageModelError`; what an encoder throws.
    @concurrent
    package func answer(
        _ question: String, history: [DialogueTurn] = [], from passages: [RetrievedPassage]
    ) async throws -> Answer {
        for try await event in events(question, history: history, from: passages) {
            if case .completed(let answer) = event { return answer }
        }
        throw CancellationError()
    }

    /// The answer as it is written.
    package func events(
        _ question: String, history: [DialogueTurn] = [], from passages: [RetrievedPassage]
    ) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    let answer = try await write(question, history, passages) { continuation.yield(.text($0)) }
                    continuation.yield(.completed(answer))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func write(
        _ question: String, _ history: [DialogueTurn], _ passages: [RetrievedPassage],
        _ show: (String) -> Void
    ) async throws -> Answer {
        let weakness = try await quotes.weakness(question, from: passages, strictness: options.abstention)
        if let weakness { return Answer(abstained: true, reason: weakness, quotes: [], passages: passages) }
        var read = Array(passages.prefix(options.passages))
        while true {
            do {
                return try await ask(question, history, read, all: passages, show)
            } catch let error as LanguageModelError where error.code == .contextTooLong && read.count > 1 {
                // The weaker half is left out, and the answer says how many were read.
                read.removeLast(read.count / 2)
            }
        }
    }

    private func ask(
        _ question: String, _ history: [DialogueTurn], _ read: [RetrievedPassage], all: [RetrievedPassage],
        _ show: (String) -> Void
    ) async throws -> Answer {
        let request = AnswerPrompt.request(question, history: history, passages: read, options: options)
        var reply = AnswerReply(options.template)
        var response: LanguageModelResponse?
        for try await event in model.stream(request) {
            switch event {
            case .text(let text):
                let new = reply.add(text)
                // "NO ANSWER", with more behind it, is no part of an answer.
                if !new.isEmpty, !reply.isAbstention { show(new) }
            case .completed(let whole): response = whole
            default: break
            }
        }
        guard let response else { throw CancellationError() }
        let rest = reply.finish()
        if !rest.isEmpty, !reply.isAbstention { show(rest) }
        var answer: Answer
        if let words = response.message.refusal {
            answer = Answer(abstained: true, reason: "The model declined: \(words)", quotes: [], passages: all)
        } else if reply.isAbstention {
            let reason = "The model found no answer in the passages."
            answer = Answer(abstained: true, reason: reason, quotes: [], passages: all)
        } else {
            answer = checked(reply.answer, response, read: read, all: all)
        }
        answer.usage = AnswerUsage(
            model: response.model ?? model.identity, inputTokens: response.usage.inputTokens,
            outputTokens: response.usage.outputTokens, isEstimated: response.usage.isEstimated)
        return answer
    }

    /// The answer with its citations compared with the passages.
    private func checked(
        _ text: String, _ response: LanguageModelResponse, read: [RetrievedPassage], all: [RetrievedPassage]
    ) -> Answer {
        var citations: [GeneratedText.Citation] = []
        var quotes: [Answer.Quote] = []
        let statements = CitationMarks.statements(of: text)
        for (statement, numbers) in statements where !numbers.isEmpty {
            let cited = numbers.filter { (1...max(read.count, 1)).contains($0) && !read.isEmpty }
            let isHeld = support.holds(cited.map { read[$0 - 1] }, statement)
            for number in numbers {
                let isSupported = isHeld && cited.contains(number)
                if let known = citations.firstIndex(where: { $0.number == number }) {
                    citations[known].isSupported = citations[known].isSupported && isSupported
                    continue
                }
                citations.append(GeneratedText.Citation(number: number, isSupported: isSupported))
                guard cited.contains(number), let quote = quote(statement, number - 1, read) else { continue }
                quotes.append(quote)
            }
        }
        let isUnsupported = options.cites && (citations.isEmpty || citations.contains { !$0.isSupported })
        var answer = Answer(abstained: false, quotes: quotes, passages: all)
        answer.generated = GeneratedText(
            text: text, model: response.model ?? model.identity, citations: citations, isUnsupported: isUnsupported,
            isCut: response.stopReason == .length, readPassages: read.count)
        return answer
    }

    private func quote(_ statement: String, _ position: Int, _ read: [RetrievedPassage]) -> Answer.Quote? {
        guard let sentence = support.nearest(to: statement, in: read[position]) else { return nil }
        let passage = read[position]
        let start = passage.range.lowerBound + sentence.range.lowerBound
        let before = passage.text.utf8.prefix(sentence.range.lowerBound)
        return Answer.Quote(
            text: sentence.text, passage: position, range: start..<start + sentence.range.count,
            line: passage.line + before.count { $0 == UInt8(ascii: "\n") })
    }
}
