internal import Base
internal import Engineer
internal import ServiceLifecycle
internal import Synchronization

/// Proposes golden questions for projects, one project after the other, while pages go on being shown.
final class ProposalDesk: Service {
    /// What became of the last request for a project.
    enum Standing: Sendable {
        /// The documents wait for their turn, or are being read.
        case working
        /// What a person should know of the questions that were proposed, a sentence each.
        case made([String])
        /// Why none were, as a sentence.
        case failed(String)
    }

    /// So many are proposed at a time: about an hour's review.
    static let count = 30
    /// So many projects wait at most.
    private static let most = 16

    private let hub: LiveHub
    private let standings = Mutex<[String: Standing]>([:])
    private let requests: AsyncStream<FoundProject>
    private let asked: AsyncStream<FoundProject>.Continuation

    init(hub: LiveHub) {
        self.hub = hub
        (requests, asked) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.most))
    }

    /// What became of the last request; nil where there was none since the server began.
    func standing(of found: FoundProject) -> Standing? { standings.withLock { $0[found.folder] } }

    /// Has questions proposed soon. Whoever asks again meanwhile waits for the same ones.
    ///
    /// - Returns: false where too many projects wait already.
    func propose(for found: FoundProject) -> Bool {
        standings.withLock { standings in
            if case .working? = standings[found.folder] { return true }
            guard case .enqueued = asked.yield(found) else { return false }
            standings[found.folder] = .working
            return true
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
        try? await gracefulShutdown()
    }

    /// Does what was asked for until the task is cancelled. Pages are told at the end of each.
    func work() async {
        for await found in requests {
            let standing: Standing
            do {
                let project = try Project(opening: found.folder)
                let outcome = try await GoldenProposing.propose(project, count: Self.count, seed: project.file.seed)
                standing = .made(outcome.notes)
            } catch is CancellationError {
                return
            } catch {
                standing = .failed(sentence(for: error))
            }
            standings.withLock { $0[found.folder] = standing }
            hub.tell(found.id)
        }
    }
}
