/// What still holds of a session's events: where it was rewound, what was taken back is left out.
package struct SessionHistory: Sendable {
    /// The events that hold, in their order.
    package let events: [SessionEvent]
    /// The numbers of rewindings that took another one back.
    private let redone: Set<Int>

    /// The history that these events tell; each has its place as its number.
    package init(_ all: [SessionEvent]) {
        var kept: [SessionEvent] = []
        var redone: Set<Int> = []
        kept.reserveCapacity(all.count)
        for (position, event) in all.enumerated() {
            if let place = event.rewoundTo {
                let place = max(0, min(place, position))
                if all[place].rewoundTo != nil, place < position {
                    // What that one took back comes again.
                    let earlier = SessionHistory(Array(all[..<place]))
                    kept = earlier.events
                    redone.formUnion(earlier.redone)
                    redone.insert(event.number)
                } else {
                    // Numbers only grow, so what is taken back stands at the end.
                    while let last = kept.last, last.number >= place { kept.removeLast() }
                }
            }
            kept.append(event)
        }
        events = kept
        self.redone = redone
    }

    /// The number of the first event of the model's answer `turn`: with it, and what belongs to it, gone, the model would
    /// be asked for it again. Nil where there is no such answer.
    package func beginning(ofTurn turn: Int) -> Int? {
        guard
            let place = events.lastIndex(where: { if case .turn(let it) = $0.kind { it.number == turn } else { false } }
            )
        else { return nil }
        var first = place
        while first > 0 {
            switch events[first - 1].kind {
            // They are written down before the answer that they belong to.
            case .usage, .checkpoint: first -= 1
            default: return events[first].number
            }
        }
        return events[first].number
    }

    /// The number of the last event in which the user says something; nil where the user said nothing.
    package var lastMessageOfUser: Int? {
        events.last { event in
            if case .message(let said) = event.kind { said.source == .user } else { false }
        }?.number
    }

    /// The first checkpoint at an event or behind it: the files as they were there.
    package func checkpoint(from number: Int) -> CheckpointRecord? {
        for event in events where event.number >= number {
            if case .checkpoint(let record) = event.kind { return record }
        }
        return nil
    }

    /// The last rewinding that can be undone: nothing was said or done since, and it was not undone before.
    package var lastRewinding: (number: Int, files: String?)? {
        for event in events.reversed() {
            switch event.kind {
            case .resumed(let record):
                if record.rewoundTo != nil, !redone.contains(event.number) { return (event.number, record.files) }
            case .model, .checkpoint: break
            default: return nil
            }
        }
        return nil
    }

    /// The last answer's number; 0 where the model has not answered.
    package var lastTurn: Int {
        for event in events.reversed() { if case .turn(let turn) = event.kind { return turn.number } }
        return 0
    }
}

extension SessionEvent {
    /// Where a rewinding goes back to; nil for all other events.
    var rewoundTo: Int? { if case .resumed(let record) = kind { record.rewoundTo } else { nil } }
}
