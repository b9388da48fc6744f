internal import AsyncHTTPClient
internal import Base
internal import LanguageModels
internal import NIOCore
internal import NIOHTTP1

/// Hands out an answer while it arrives. Dropping it closes the connection and gives the permit back.
///
/// As long as nothing was handed out, a request that fails is tried again like any other. After that it cannot be: the
/// second answer would begin with other words.
struct StreamedAnswer: AsyncIteratorProtocol {
    /// A stream that is being read.
    private struct Reading {
        var chunks: HTTPClientResponse.Body.AsyncIterator
        var parser: ServerSentEventParser
        var bytes = 0
        var hasEvents = false
        let deadline: UInt64
    }

    private enum State {
        case notAsked
        case reading(Reading)
        /// The answer is complete, its connection not yet at the end.
        case complete(Reading)
        case ended
    }

    private let request: LanguageModelRequest
    private let session: EndpointSession
    private let wire: any LanguageModelWire
    private var state = State.notAsked
    private var answer: any AnswerAssembly
    private var pending: ArraySlice<LanguageModelEvent> = []
    private var hasHandedOut = false
    private var permit: ConcurrencyPermit?
    private var retries: Retries

    init(request: LanguageModelRequest, session: EndpointSession, wire: any LanguageModelWire) {
        self.request = request
        self.session = session
        self.wire = wire
        answer = wire.emptyAnswer()
        retries = Retries(session.settings)
    }

    mutating func next() async throws -> LanguageModelEvent? {
        do {
            while true {
                if let event = pending.popFirst() {
                    hasHandedOut = true
                    return event
                }
                switch state {
                case .ended: return nil
                case .complete(let reading):
                    state = .ended
                    try await Self.readRest(reading)
                    return nil
                case .notAsked, .reading: break
                }
                try await advanceOrRetry()
            }
        } catch {
            end()
            guard let error = error as? EndpointError else { throw error }
            throw await ServedModels(session: session, wire: wire).explained(LanguageModelError(error))
        }
    }

    private mutating func advanceOrRetry() async throws {
        let failure: EndpointFailure
        do {
            try await advance()
            return
        } catch let error as EndpointFailure {
            failure = error
        } catch let problem as AnswerProblem {
            failure = problem.failure(session, wire.path)
        }
        guard !hasHandedOut || !failure.mayPass else {
            throw LanguageModelError(
                .interrupted, "\(failure.sentence.open); a part of the answer had come already, so ask again.")
        }
        state = .notAsked
        answer = wire.emptyAnswer()
        try await retries.pause(after: failure)
    }

    private mutating func advance() async throws {
        guard case .reading(var reading) = state else { return try await ask() }
        let url = session.settings.url + wire.path
        let chunk: ByteBuffer?
        do {
            chunk = try await reading.chunks.next(isolation: #isolation)
        } catch {
            let failure = try session.lost(error, url)
            throw failure.mayPass ? broken(url) : failure
        }
        guard let chunk else {
            // A connection that is closed because the task was cancelled ends quietly.
            try Task.checkCancellation()
            if reading.bytes > 0, !reading.hasEvents {
                throw EndpointFailure(
                    sentence: "\(url) answered with something that is no stream of events.", mayPass: false,
                    isForm: true)
            }
            guard answer.mayEnd else { throw broken(url) }
            return complete()
        }
        reading.bytes += chunk.readableBytes
        if reading.bytes > session.settings.replyBytes {
            throw EndpointFailure(
                sentence:
                    "\(url) answered with more than \(session.settings.replyBytes >> 20) MB; the rest was not read.",
                mayPass: false, isForm: true)
        }
        if session.settings.time.nanoseconds() > reading.deadline {
            throw EndpointFailure(
                sentence: "\(url) did not finish its answer within \(session.settings.seconds) s.", mayPass: false,
                isConnection: true)
        }
        let events = try chunk.withUnsafeReadableBytes { try reading.parser.append($0.bindMemory(to: UInt8.self)) }
        reading.hasEvents = reading.hasEvents || !events.isEmpty
        state = .reading(reading)
        for event in events where !answer.isComplete {
            pending += try answer.add(event)
        }
        if answer.isComplete {
            complete()
            state = .complete(reading)
        }
    }

    /// Reads what comes behind the answer, mostly nothing: a connection that is at its end serves the next request.
    ///
    /// A server that leaves the stream open is not waited for, and costs its connection.
    private static func readRest(_ reading: Reading) async throws {
        nonisolated(unsafe) let reading = reading
        _ = try? await withTimeLimit(seconds: 0.5) {
            var chunks = reading.chunks
            var bytes = 0
            while bytes < 1 << 16, let chunk = try await chunks.next(isolation: nil) { bytes += chunk.readableBytes }
        }
    }

    private mutating func ask() async throws {
        let body = try wire.body(for: request, streaming: true)
        if permit == nil { permit = try await session.permit() }
        let now = session.settings.time.nanoseconds()
        let response = try await session.open(wire.path, ByteBuffer(string: body.canonicalText))
        let type = response.headers.first(name: "content-type")?.lowercased() ?? ""
        // Servers that cannot stream, or failed before they did, answer with JSON; what is no server of models, with HTML.
        if type.hasPrefix("application/json") || type.hasPrefix("text/html") {
            pending += try answer.add(whole: try await session.collect(response, wire.path))
            return complete()
        }
        state = .reading(
            Reading(
                chunks: response.body.makeAsyncIterator(),
                parser: ServerSentEventParser(limit: session.settings.replyBytes),
                deadline: now + UInt64(max(0, session.settings.seconds)) * 1_000_000_000))
    }

    private mutating func complete() {
        pending.append(.completed(answer.response(to: request)))
        end()
    }

    private mutating func end() {
        state = .ended
        permit = nil
    }

    private func broken(_ url: String) -> EndpointFailure {
        EndpointFailure(sentence: "\(url) broke off in the middle of its answer", mayPass: true)
    }
}

extension AnswerProblem {
    /// The same as the failure of a try.
    func failure(_ session: EndpointSession, _ path: String) -> EndpointFailure {
        let said = EndpointConnection.excerpt(of: predicate, hiding: session.settings.secrets)
        return EndpointFailure(
            sentence: "\(session.settings.url)\(path) \(said)", mayPass: mayPass, isForm: !mayPass && problem == nil,
            problem: problem)
    }
}
