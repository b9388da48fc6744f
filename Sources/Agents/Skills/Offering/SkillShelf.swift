package import Base

/// The skills of a workspace and its user, and which of them an agent is offered.
package struct SkillShelf: Sendable {
    /// A skill and what is to be said of it.
    package struct Entry: Sendable, Hashable {
        /// Why an agent is not offered a skill.
        package enum Withheld: Sendable, Hashable {
            case notTrusted
            /// It was trusted with another content.
            case changed
            /// It was measured on this model, and does not help.
            case doesNotHelp
            /// Its files cannot be read as a skill's.
            case unreadable(String)
        }

        package var skill: Skill
        /// Of all its files; nil where they cannot be read.
        package var hash: ContentHash?
        /// Nil where it is offered.
        package var withheld: Withheld?
        /// What was measured on the model.
        package var effect: SkillEffect
        /// Whether somebody else wrote it: it came with a project, or over the network.
        package var isForeign: Bool
    }

    /// All, the names in order.
    package let entries: [Entry]
    /// What was found wrong, a sentence each.
    package let remarks: [String]

    /// Those that are offered.
    package var offered: [Entry] { entries.filter { $0.withheld == nil } }

    /// Looks at the skills of a workspace.
    ///
    /// - Parameters:
    ///   - isTrusted: whether the user trusts the folder as a whole.
    ///   - model: the model that would read them; nil where nobody in particular.
    package init(_ places: SkillPlaces, isTrusted: Bool, model: String?) {
        let found = places.folders.find()
        let trust = SkillTrust(places)
        let results = SkillResults(places)
        let locks = Dictionary(
            uniqueKeysWithValues: Skill.Origin.allCases.map { ($0, SkillLock(root: places.root(of: $0))) })
        var entries: [Entry] = []
        for skill in found.skills {
            var entry = Entry(skill: skill, hash: nil, withheld: nil, effect: .notMeasured, isForeign: true)
            do {
                let content = try SkillContent(of: skill.folder)
                entry.hash = content.hash
                entry.effect = model.map { results.effect(of: content.hash, on: $0) } ?? .notMeasured
                let lock = locks[skill.origin]?.entry(of: skill)
                entry.isForeign = skill.origin == .project || lock?.commit != nil
                if skill.origin == .project {
                    switch trust.verdict(on: skill, content.hash, workspace: places.workspace) {
                    case .trusted: break
                    case .unknown: entry.withheld = isTrusted ? nil : .notTrusted
                    case .changed: entry.withheld = .changed
                    }
                }
                if entry.withheld == nil, entry.effect == .doesNotHelp { entry.withheld = .doesNotHelp }
            } catch {
                entry.withheld = .unreadable(error.message)
            }
            entries.append(entry)
        }
        self.entries = entries
        remarks = found.remarks
    }

    /// A single skill, which is offered: to measure it.
    package init(only skill: Skill, _ content: SkillContent) {
        entries = [Entry(skill: skill, hash: content.hash, withheld: nil, effect: .notMeasured, isForeign: false)]
        remarks = []
    }

    /// The skill that a name means.
    ///
    /// - Throws: `AgentsError` with the names that are like it.
    package func entry(_ name: String) throws(AgentsError) -> Entry {
        if let entry = entries.first(where: { $0.skill.name == name }) { return entry }
        let near = entries.map(\.skill.name).filter { $0.contains(name) || name.contains($0) }.prefix(3)
        throw AgentsError(
            .usage,
            "There is no skill \"\(ToolText.harmless(ToolText.oneLine(name)))\"."
                + (near.isEmpty
                    ? " neo skills list names those that there are." : " Did you mean \(near.joined(separator: ", "))?")
        )
    }

    /// What a user should know before an agent works: a sentence for what waits for a decision.
    package var notes: [String] {
        func names(_ reason: Entry.Withheld) -> String {
            let all = entries.filter { $0.withheld == reason }.map { ToolText.harmless($0.skill.name) }
            return all.prefix(5).joined(separator: ", ") + (all.count > 5 ? " and \(all.count - 5) others" : "")
        }
        let (waiting, changed) = (names(.notTrusted), names(.changed))
        return
            (waiting.isEmpty
            ? []
            : [
                "Skills of this project that are not offered until you trust them: \(waiting). neo skills show NAME, then neo skills trust NAME"
            ])
            + (changed.isEmpty
                ? []
                : [
                    "Skills that changed since you trusted them, and are not offered: \(changed). neo skills diff NAME, then neo skills trust NAME"
                ])
    }
}
