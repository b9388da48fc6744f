internal import Processes
internal import Sandbox
internal import Synchronization

/// A command line that runs in the background, and what it has printed that nobody has read yet.
final class ShellJob: Sendable {
    /// How it is.
    enum State: Sendable, Hashable {
        case runs
        case ended(String)
    }

    private struct Kept {
        var unread = HeadAndTail(limit: ToolText.limit)
        var hasUnread = false
        var state = State.runs
    }

    let id: String
    let command: String
    /// The file with all that it prints.
    let whole: String
    private let kept = Mutex(Kept())

    init(id: String, command: String, whole: String) {
        self.id = id
        self.command = command
        self.whole = whole
    }

    var state: State { kept.withLock { $0.state } }

    func append(_ bytes: UnsafeRawBufferPointer) {
        kept.withLock {
            $0.unread.append(bytes)
            $0.hasUnread = true
        }
    }

    func end(_ sentence: String) {
        kept.withLock { if $0.state == .runs { $0.state = .ended(sentence) } }
    }

    /// What it printed since this was last asked.
    func takeOutput() -> String {
        kept.withLock {
            let text = $0.hasUnread ? $0.unread.text : ""
            $0.unread = HeadAndTail(limit: ToolText.limit)
            $0.hasUnread = false
            return ToolText.shown(text)
        }
    }

    var line: String {
        let how =
            switch state {
            case .runs: "runs"
            case .ended(let sentence): sentence
            }
        return "\(id): \(how): \(ToolText.shown(ToolText.oneLine(String(command.prefix(200)))))"
    }
}
