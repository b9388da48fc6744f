internal import Base

/// The skills that a session has activated, as its file tells: so they survive a compaction, a crash and a copy of the
/// session, and one that was taken back is not active any more.
package struct ActiveSkills: Sendable {
    private let path: String

    /// - Parameter path: the session's file.
    package init(session path: String) { self.path = path }

    /// One of them.
    struct Active: Sendable, Hashable {
        var name: String
        /// What the model was given, word for word.
        var text: String
    }

    /// Those that are active, the last one first.
    func all() -> [Active] {
        guard let events = try? SessionJournal.read(path) else { return [] }
        var named: [String: String] = [:]
        var active: [Active] = []
        for event in SessionHistory(events).events {
            switch event.kind {
            // As it ran, which may be written in another way than the model wrote it.
            case .toolCall(let mark) where mark.name == SkillTool.name:
                let arguments = try? JSONValue(parsing: mark.arguments)
                guard arguments?["action"]?.string == "activate" else { continue }
                named[mark.callID] = arguments?["name"]?.string
            case .toolResult(let result):
                guard let name = named[result.callID], !result.isError, result.text.hasPrefix("<skill_content ") else {
                    continue
                }
                active.removeAll { $0.name == name }
                active.insert(Active(name: name, text: result.text), at: 0)
            default: break
            }
        }
        return active
    }
}

/// The text of active skills, word for word, after older messages were replaced.
package struct ActiveSkillsSource: ContextSource {
    private let active: ActiveSkills

    /// - Parameter limit: bytes of all of them.
    package init(_ active: ActiveSkills, limit: Int) {
        self.active = active
        self.limit = max(1_024, limit)
    }

    package let name = "active-skills"

    package let limit: Int

    package func text() async -> String? {
        let all = active.all()
        guard !all.isEmpty else { return nil }
        let heading = "Skills that are active in this session:"
        // Names of those that do not fit, and the sentence around them.
        var room = limit - heading.utf8.count - min(limit / 4, 512)
        var parts = [heading]
        var leftOut: [String] = []
        for skill in all {
            guard skill.text.utf8.count + 2 <= room else {
                leftOut.append(Skill.escaped(String(skill.name.prefix(64))))
                continue
            }
            room -= skill.text.utf8.count + 2
            parts.append(skill.text)
        }
        if !leftOut.isEmpty {
            let names = leftOut.prefix(5).joined(separator: ", ") + (leftOut.count > 5 ? ", …" : "")
            parts.append("Active too, for want of room not repeated: \(names). The tool `skill` reads SKILL.md again.")
        }
        return parts.joined(separator: "\n\n")
    }
}
