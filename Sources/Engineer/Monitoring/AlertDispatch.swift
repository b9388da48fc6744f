package import Base
package import Storage

/// Sends what is to be told, from the database: what was not told when a process ended is told by the next one.
package struct AlertDispatch: Sendable {
    /// Sends one message through one channel; throws a sentence where it does not arrive.
    package typealias Port = @Sendable (_ channel: AlertChannel, _ message: JSONValue) async throws -> Void

    /// How long is waited after each try that failed; after the last one it is given up.
    static let pauses: [Double] = [10, 60, 300, 1800]

    let database: ServiceDatabase
    let channels: [AlertChannel]
    let port: Port

    /// A dispatch over channels.
    package init(_ database: ServiceDatabase, channels: [AlertChannel], port: @escaping Port) {
        self.database = database
        self.channels = channels
        self.port = port
    }

    /// Tries all that is due, the channels beside each other: one that hangs holds up none of the others.
    package func sendDue(at now: Double) async throws {
        let due = try await database.dueDeliveries(at: now)
        let byChannel = Dictionary(grouping: due, by: \.channel)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (name, deliveries) in byChannel {
                tasks.addTask {
                    // A channel that hangs costs one time limit a look, not one for each message.
                    for delivery in deliveries {
                        let isOpen = try await send(delivery, through: name, at: now)
                        if !isOpen { break }
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// - Returns: whether the channel may be tried with another message.
    private func send(_ delivery: AlertDelivery, through name: String, at now: Double) async throws -> Bool {
        var delivery = delivery
        delivery.attempts += 1
        if let channel = channels.first(where: { $0.name == name }) {
            let (port, message) = (port, delivery.message)
            do {
                try await AlertDispatch.within(channel.timeLimitSeconds) { try await port(channel, message) }
                (delivery.state, delivery.failure) = (.delivered, nil)
            } catch {
                try Task.checkCancellation()
                delivery.failure = sentence(for: error)
                if delivery.attempts <= Self.pauses.count {
                    delivery.due = now + Self.pauses[delivery.attempts - 1]
                } else {
                    delivery.state = .failed
                }
            }
        } else {
            (delivery.state, delivery.failure) = (.failed, "neo.yaml has no channel \"\(name)\" any more.")
        }
        // Who is stopped after telling still notes it: the next process would tell it again.
        try await Task { [delivery] in try await database.update(delivery, at: now) }.value
        return delivery.state != .waiting
    }

    /// Ends what takes too long, whatever it waits for.
    package static func within(_ seconds: Double, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { try await body() }
            tasks.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw EngineerError(
                    code: .invalidRequest,
                    message: "It did not end within \(Rounding.text(seconds, digits: 1)) seconds.")
            }
            try await tasks.next()
        }
    }
}
