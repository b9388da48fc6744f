internal import Base
internal import Engineer
internal import ServiceLifecycle
internal import Synchronization

/// Reads the documents of projects for their interviews, one project after the other, while pages go on being shown.
final class SurveyDesk: Service {
    /// What is known of a project's documents.
    enum Standing: Sendable {
        /// They are being read for the first time.
        case reading
        case known(DocumentSurvey)
        /// Why they cannot be read, as a sentence.
        case unreadable(String)
    }

    private struct Entry {
        var standing: Standing
        /// When it was found; nil while it waits for its turn.
        var at: UInt64?
    }

    /// So long a survey is good for: then it is looked whether a file has changed.
    private static let freshness: UInt64 = 60_000_000_000
    /// So many projects wait at most; others are asked for again by the next look at their page.
    private static let most = 16

    private let hub: LiveHub
    private let time: TimeSource
    private let entries = Mutex<[String: Entry]>([:])
    private let requests: AsyncStream<FoundProject>
    private let asked: AsyncStream<FoundProject>.Continuation

    init(hub: LiveHub, time: TimeSource) {
        self.hub = hub
        self.time = time
        (requests, asked) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.most))
    }

    /// What is known now; where that is nothing, or old, the documents are read soon.
    func look(at project: Project, _ found: FoundProject) -> Standing {
        let now = time.nanoseconds()
        let known = entries.withLock { $0[found.folder] }
        if let known, known.at.map({ now &- $0 < Self.freshness }) ?? true { return known.standing }
        let standing = known?.standing ?? DocumentSurvey.kept(in: project).map { .known($0) } ?? .reading
        guard case .enqueued = asked.yield(found) else { return standing }
        entries.withLock { $0[found.folder] = Entry(standing: standing, at: nil) }
        return standing
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
        try? await gracefulShutdown()
    }

    /// Reads what was asked for until the task is cancelled. Pages are told where something was found.
    func work() async {
        for await found in requests {
            let standing: Standing
            do {
                standing = .known(try await DocumentSurvey.of(try Project(opening: found.folder)))
            } catch is CancellationError {
                return
            } catch {
                standing = .unreadable(sentence(for: error))
            }
            let at = time.nanoseconds()
            entries.withLock { $0[found.folder] = Entry(standing: standing, at: at) }
            hub.tell(found.id)
        }
    }
}
