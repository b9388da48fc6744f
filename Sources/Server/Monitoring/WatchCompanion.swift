internal import Base
package import Engineer
package import RAG
internal import Retrieval
internal import ServiceLifecycle
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What watches a service from inside, while it is served.
package struct ServiceMonitoring: Sendable {
    package var project: Project
    package var records: ServiceRecords
    /// Sends a message.
    package var deliver: AlertDispatch.Port
    /// Makes the release anew from the documents as they are.
    package var reopen: (@Sendable () async throws -> any QueryService)?
    /// Keeps what a month was like for other projects.
    package var keeper: OutcomeKeeper?
    /// Judges a sample of the answers; nil where nobody does.
    package var judge: LiveJudge?

    /// A watch over a project's service.
    package init(
        _ project: Project, _ records: ServiceRecords, deliver: @escaping AlertDispatch.Port,
        reopen: (@Sendable () async throws -> any QueryService)? = nil, keeper: OutcomeKeeper? = nil
    ) {
        self.project = project
        self.records = records
        self.deliver = deliver
        self.reopen = reopen
        self.keeper = keeper
    }
}

/// Runs the watch beside the server; where another process watches the project already, that one goes on alone, and this
/// one takes over when it ends.
struct WatchCompanion: Service {
    let monitoring: ServiceMonitoring
    let service: SwappableService
    /// Nil where the service has no releases.
    let releases: ReleaseSwitch?
    let log: RequestLog
    let metrics: RequestMetrics
    let readiness: Readiness
    let time: TimeSource
    let complain: @Sendable (String) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !readiness.isReady {
                do { try await Task.sleep(for: .milliseconds(200)) } catch { return }
            }
            let follower = monitoring.reopen.map {
                IndexFollower(monitoring.project, service, say: complain, reopen: $0)
            }
            await withTaskGroup(of: Void.self) { tasks in
                if let follower { tasks.addTask { await follow(follower) } }
                tasks.addTask { await watchInTurn(follower) }
            }
        }
        // The group would take an early end for a failure.
        try? await gracefulShutdown()
    }

    /// The index follows the documents, whoever watches.
    private func follow(_ follower: IndexFollower) async {
        let seconds = monitoring.records.policy.reindexSeconds
        guard seconds > 0 else { return }
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
            do {
                try await follower.refresh()
            } catch {
                if !Task.isCancelled {
                    complain("Documents changed, and the old ones are served on: \(sentence(for: error))")
                }
            }
        }
    }

    private func watchInTurn(_ follower: IndexFollower?) async {
        let path = monitoring.project.path(".neo/watch.lock")
        while !Task.isCancelled {
            do {
                try await withExclusiveLock(at: path, purpose: "A watch") { await watch(follower) }
            } catch let error as StorageError where error.code == .busy {
                // Another one watches; this one goes on when that ends.
            } catch {
                return complain("This service is not watched: \(sentence(for: error))")
            }
            do { try await Task.sleep(for: .seconds(10)) } catch { return }
        }
    }

    private func watch(_ follower: IndexFollower?) async {
        var ports = ServiceWatch.Ports(deliver: monitoring.deliver)
        ports.ask = { id, question in try await ask(id, question) }
        ports.meaning = { questions in
            try await service.meaning(of: questions).map { matrix in (0..<matrix.rows).map { Array(matrix[row: $0]) } }
        }
        ports.keeper = monitoring.keeper
        if let follower { ports.reindex = { try await follower.refresh() } }
        let watch = ServiceWatch(
            monitoring.project, records: monitoring.records, ports: ports, time: time, note: complain)
        await watch.run { report in
            metrics.withQuestions { questions in
                questions.drift = report.drift
                questions.leastSimilarity = report.leastSimilarity
                questions.firing = report.alerts.count { $0.state == .firing }
            }
        }
    }

    /// Asks as a client would, but for the way through the network.
    private func ask(_ id: String, _ question: String) async throws -> ProbeReply {
        let observation = RequestObservation()
        observation.note(Query(question))
        let given = releases?.begin()
        let start = time.nanoseconds()
        let result: Result<Answer, any Error>
        do {
            result = .success(
                try await QuestionTrace.$current.withValue(observation.trace) {
                    try await ReleaseOfRequest.$current.withValue(given) {
                        try await service.answer(Query(question))
                    }
                })
        } catch {
            result = .failure(error)
        }
        if case .success(let answer) = result { observation.note(answer) }
        var failure: (any Error)?
        if case .failure(let error) = result { failure = ServiceFailure(cause: error) }
        let spent = time.nanoseconds() &- start
        log.add(
            RequestLog.Entry(
                id: "probe-\(UUID().uuidString.lowercased())", route: .answer, status: failure == nil ? 200 : 500,
                error: failure, nanoseconds: spent, ended: time.nanoseconds(),
                probe: monitoring.records.probeMark(of: id), observation: observation,
                release: given?.release.number))
        let answer = try result.get()
        return ProbeReply(
            passages: answer.passages.map { .init(document: $0.document.rawValue, text: $0.text) },
            hasAbstained: answer.abstained, milliseconds: Double(spent) / 1e6, release: given?.release.number)
    }
}
