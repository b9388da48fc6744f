package import RAG

/// What a service lets be done to it while it is tested by programs that attack it: `POST /documents` adds documents in
/// memory, `POST /reset` takes them away, `POST /ask` asks. Nothing of it reaches the project.
package struct TestMode: Sendable {
    /// A document that somebody adds.
    package struct Added: Sendable, Hashable {
        package let id: String
        package let text: String
    }

    /// The most documents, and the most bytes of them all, that are added between two resets.
    static let limits = (documents: 1_000, bytes: 8 << 20)

    /// The service with these documents among its own.
    package let adding: @Sendable ([Added]) async throws -> any QueryService

    /// A test mode.
    package init(adding: @escaping @Sendable ([Added]) async throws -> any QueryService) {
        self.adding = adding
    }

    /// Refuses to be reached by other machines.
    package func validate(_ options: ServerOptions) throws(ServerError) {
        guard options.isLoopback else {
            throw ServerError(
                code: .invalidOptions,
                message:
                    "With --test-mode whoever asks may add documents, so it listens on this machine only; leave --host out."
            )
        }
    }
}

/// The documents that were added so far, and the service that has them; one change at a time.
actor TestDesk {
    private let mode: TestMode
    private let service: any QueryService
    private var added: [TestMode.Added] = []
    private var built: (any QueryService)?
    private var number = 0

    init(_ mode: TestMode, service: any QueryService) {
        self.mode = mode
        self.service = service
    }

    /// Adds documents; they are indexed when somebody asks next.
    func add(_ texts: [(id: String?, text: String)]) throws(RequestFailure) -> Int {
        var next = added
        for (id, text) in texts {
            number += 1
            let name = id ?? "added-\(number)"
            // The same name again means another text.
            next.removeAll { $0.id == name }
            next.append(TestMode.Added(id: name, text: text))
        }
        guard next.count <= TestMode.limits.documents,
            next.reduce(0, { $0 + $1.text.utf8.count }) <= TestMode.limits.bytes
        else {
            throw .invalid(
                "More than \(TestMode.limits.documents) documents, or \(TestMode.limits.bytes >> 20) MB of them, were added; "
                    + "POST /reset takes them away.")
        }
        added = next
        built = nil
        return added.count
    }

    /// Takes away what was added.
    func reset() {
        added = []
        built = nil
    }

    /// The service with all that was added, and with these documents for this one time.
    func current(context: [String] = []) async throws -> any QueryService {
        if !context.isEmpty {
            let more = context.enumerated().map { TestMode.Added(id: "context-\($0.offset)", text: $0.element) }
            return try await mode.adding(added + more)
        }
        if added.isEmpty { return service }
        if let built { return built }
        let before = added
        let made = try await mode.adding(before)
        // Somebody may have added another one meanwhile.
        if before == added { built = made }
        return made
    }
}
