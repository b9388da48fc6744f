internal import Base
internal import Engineer
internal import HTTPTypes
internal import RAG
internal import ServiceLifecycle
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps a row for each question that comes in, off the way of its answer: a bounded queue, written in batches.
///
/// Where more comes than is written, or the disk is full, rows are dropped and counted; no answer waits.
final class RequestLog: Service {
    /// The header of a probe: a word and its name under the project's key.
    static let probeHeader = HTTPField.Name("x-neo-probe") ?? .authorization
    /// So many requests wait at most.
    static let capacity = 10_000

    /// A request as it ended, words and all.
    struct Entry: Sendable {
        var id: String
        var route: Route
        var status: Int
        var error: (any Error)?
        var nanoseconds: UInt64
        /// When it ended, by the clock that never goes back.
        var ended: UInt64
        var probe: String?
        var observation: RequestObservation
        /// The release that answered; nil where there are none.
        var release: Int? = nil
    }

    private struct State {
        var waiting: [(entry: Entry, isKept: Bool)] = []
        var dropped = 0
        var seen = 0
        /// Fractions of requests that the sample is behind.
        var owed = 0.0
        var hasReported = false
    }

    private let settings: ServiceRecords
    private let metrics: RequestMetrics
    private let time: TimeSource
    private let complain: @Sendable (String) -> Void
    private let state = Mutex(State())
    /// Takes an answer that is in the sample which is scored; nil where nobody judges.
    private let judging: (@Sendable (LiveJudge.Offer) -> Void)?

    init(
        _ settings: ServiceRecords, metrics: RequestMetrics, time: TimeSource,
        judging: (@Sendable (LiveJudge.Offer) -> Void)? = nil, complain: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.metrics = metrics
        self.time = time
        self.complain = complain
        self.judging = judging
    }

    /// How many requests were not written down.
    var dropped: Int { state.withLock { $0.dropped } }

    /// A request has ended.
    func add(_ entry: Entry) {
        state.withLock { state in
            // Every so manieth, so that a sample of a half is a half of any two.
            state.owed += settings.policy.sample
            let isKept = state.owed >= 1
            if isKept { state.owed -= 1 }
            guard state.waiting.count < Self.capacity else {
                state.dropped += 1
                return
            }
            // What is not kept is counted, too: that happens where rows are made, off the way of the answer.
            state.waiting.append((entry, isKept || entry.probe != nil))
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: .milliseconds(500)) } catch { break }
                await self.write()
            }
        }
        // The group would take an early end for a failure.
        try? await gracefulShutdown()
    }

    /// Writes down what waits.
    func write() async {
        let entries = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        guard !entries.isEmpty else { return }
        // The wall clock may be set while a request is answered; of each only its distance from now is taken from the
        // clock that never goes back.
        let (now, ticks) = (time.now().timeIntervalSince1970, time.nanoseconds())
        let all = entries.map { entry, isKept in
            (row: row(entry, at: now - Double(ticks &- entry.ended) / 1e9), isKept: isKept)
        }
        metrics.withQuestions { questions in
            for (row, _) in all where row.origin == .client {
                questions.add(row)
                if let share = row.citations { questions.add(citations: share) }
            }
        }
        let rows = all.filter(\.isKept).map(\.row)
        do {
            // What was begun is ended: where the server stops meanwhile, these rows are in nobody else's hands.
            try await Task { [settings] in try await settings.database.add(rows) }.value
        } catch {
            let isFirst = state.withLock { state in
                state.dropped += rows.count
                defer { state.hasReported = true }
                return !state.hasReported
            }
            if isFirst { complain("Requests are answered, but not written down: \(sentence(for: error))") }
        }
        let dropped = dropped
        metrics.withQuestions { $0.dropped = dropped }
    }

    private func row(_ entry: Entry, at ended: Double) -> ServiceRequest {
        let notes = entry.observation.all
        let milliseconds = Double(entry.nanoseconds) / 1e6
        var row = ServiceRequest(
            id: entry.id, time: ended - milliseconds / 1000, service: settings.service, route: entry.route.rawValue,
            outcome: entry.outcome, status: entry.status, milliseconds: milliseconds)
        row.release = entry.release
        row.error = entry.errorType
        row.describe(entry.observation)
        if let probe = entry.probe.flatMap(settings.probe) {
            row.origin = .probe
            row.golden = probe
        }
        if let query = notes.query {
            row.queryHash = settings.key.name(of: query)
            row.characters = query.unicodeScalars.count
            row.query = settings.policy.kept(query)
            row.answer = notes.answer.flatMap { $0.abstained ? nil : settings.policy.kept($0.spoken) }
        }
        if let answer = notes.answer, row.isScored(settings.policy.score) {
            row.citations = answer.heldCitations
            if row.origin == .client, let query = notes.query {
                judging?(
                    LiveJudge.Offer(
                        answer.judgeItem(id: row.id, question: query), release: row.release,
                        writer: answer.generated?.model))
            }
        }
        return row
    }
}

extension RequestLog.Entry {
    /// How it ended.
    var outcome: ServiceRequest.Outcome {
        let notes = observation.all
        if error is AnswerFeed.ClientLeft || status == 499 { return .left }
        if error != nil || status >= 400 { return status >= 500 || status < 400 ? .failed : .refused }
        if let answer = notes.answer { return answer.abstained ? .abstained : .answered }
        return .retrieved
    }

    /// The kind of error, never its text.
    var errorType: String? {
        guard let error else { return nil }
        if let failure = error as? RequestFailure { return failure.code }
        return String(reflecting: type(of: (error as? ServiceFailure)?.cause ?? error))
    }
}

extension ServiceRequest {
    /// The figures of the work behind it.
    mutating func describe(_ observation: RequestObservation) {
        let (notes, figures) = (observation.all, observation.trace.figures)
        stages = Dictionary(
            uniqueKeysWithValues: figures.nanoseconds.map { ($0.key.rawValue, Double($0.value) / 1e6) })
        let found = notes.answer?.passages ?? notes.passages
        passages = found?.count
        topScore = found?.first?.score
        if let first = found?.first, let last = found?.last { scoreGap = first.score - last.score }
        similarity = figures.similarity ?? found?.compactMap(\.similarity).max()
        (coverage, evidence, terms) = (figures.coverage, figures.evidence, figures.terms)
        reason = notes.answer?.abstained == true ? figures.reason ?? "model" : nil
        model = notes.answer?.usage?.model
        inputTokens = notes.answer?.usage?.inputTokens
        outputTokens = notes.answer?.usage?.outputTokens
        let calls = observation.calls.tally.totals
        if !calls.isEmpty, calls.allSatisfy({ $0.unknownCalls == 0 }) { dollars = observation.calls.tally.dollars }
    }

    /// Whether it is in the sample that is scored: by its id, so that nobody can tell beforehand, nor count on it.
    func isScored(_ share: Double) -> Bool {
        guard outcome == .answered, share > 0 else { return false }
        let digits = ContentHash(of: id).hex.prefix(8)
        return Double(UInt32(digits, radix: 16) ?? 0) / Double(UInt32.max) <= share
    }
}

extension Answer {
    /// What a reader is told.
    fileprivate var spoken: String { generated?.text ?? quotes.map(\.text).joined(separator: " ") }

    /// What a judge needs of it: what it says, and the passages that it was made from.
    fileprivate func judgeItem(id: String, question: String) -> JudgeItem {
        JudgeItem(id: id, question: question, answer: spoken, passages: passages.map(\.text))
    }

    /// The share of its citations that their passages hold, told by code alone: what a model cites must hold most of what
    /// is said in its name, and a quote must stand in its passage to the letter. Nil where it cites nothing.
    fileprivate var heldCitations: Double? {
        if let generated {
            guard !generated.citations.isEmpty else { return generated.isUnsupported ? 0 : nil }
            return Double(generated.citations.count(where: \.isSupported)) / Double(generated.citations.count)
        }
        guard !quotes.isEmpty else { return nil }
        let held = quotes.count { quote in
            passages.indices.contains(quote.passage) && passages[quote.passage].text.contains(quote.text)
        }
        return Double(held) / Double(quotes.count)
    }
}
