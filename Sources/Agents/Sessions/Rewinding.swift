/// What is to be taken back.
package enum RewindTarget: Sendable, Hashable {
    /// The model's answer of this number and all behind it.
    case turn(Int)
    /// What the user said last and all that followed.
    case lastMessage
    /// The last rewinding itself: what it took back comes again.
    case lastRewinding
}

/// What a rewinding takes back, or brings again.
package struct Rewinding: Sendable, Hashable {
    /// The first event that is taken back.
    package var event: Int
    /// How many events are taken back; 0 where they come again.
    package var count: Int
    /// The checkpoint of the files as they were there; nil where none was kept.
    package var files: String?
}

extension SessionHistory {
    /// What a target means here.
    ///
    /// - Throws: `AgentsError` where there is nothing that it could mean.
    package func rewinding(to target: RewindTarget, of id: String) throws -> Rewinding {
        let place: Int?
        let problem: String
        switch target {
        case .turn(let turn):
            place = beginning(ofTurn: turn)
            problem = "\(id) has no turn \(turn): its turns are 1 to \(lastTurn)."
        case .lastMessage:
            place = lastMessageOfUser
            problem = "\(id) has nothing to take back: the user has said nothing."
        case .lastRewinding:
            guard let last = lastRewinding else {
                throw AgentsError(
                    .usage, "\(id) has nothing to bring again: nothing was taken back, or work went on since.")
            }
            return Rewinding(event: last.number, count: 0, files: last.files)
        }
        guard let place else { throw AgentsError(.usage, problem) }
        return Rewinding(
            event: place, count: events.filter { $0.number >= place }.count, files: checkpoint(from: place)?.id)
    }
}
