package import Base

/// One thing in which two states of a document differ.
package struct RequirementsDifference: Sendable, Hashable {
    /// What happened to it.
    package enum Change: String, Sendable, Hashable {
        case added, removed, changed, moved
    }

    /// What happened.
    package let change: Change
    /// To what: a requirement's name, the name of a list (`risks`), `section` and its title, `title`.
    package let place: String
    /// The field of a requirement that changed, by its name in `requirements.json`; nil for the whole.
    package let field: String?
    /// What it was; nil where it was not there.
    package let old: String?
    /// What it is; nil where it is not there any more.
    package let new: String?

    /// A line for people, such as `R2 threshold: 800 -> 900`.
    package var words: String {
        let name = RequirementNames.shown(place) + (field.map { " " + $0 } ?? "")
        let texts = [old, new].map { $0.map { $0.isEmpty ? "(nothing)" : RequirementNames.line($0, to: 160) } }
        return switch (texts[0], texts[1]) {
        case (let old?, let new?): "\(name): \(old) -> \(new)"
        case (let text?, nil), (nil, let text?): "\(name) \(change.rawValue): \(text)"
        case (nil, nil): "\(name) \(change.rawValue)"
        }
    }

    /// The fields of `neo spec diff --json`.
    package var json: JSONValue {
        [
            "change": .string(change.rawValue), "place": .string(place), "field": field.map { .string($0) } ?? .null,
            "old": old.map { .string($0) } ?? .null, "new": new.map { .string($0) } ?? .null,
        ]
    }

    /// All differences of a document from what it was. An empty list means that the two are equal.
    package static func all(from old: RequirementsDocument, to new: RequirementsDocument) -> [RequirementsDifference] {
        var found: [RequirementsDifference] = []
        func compare(_ place: String, _ field: String?, _ before: String, _ after: String) {
            guard !before.unicodeScalars.elementsEqual(after.unicodeScalars) else { return }
            found.append(Self(change: .changed, place: place, field: field, old: before, new: after))
        }
        compare("title", nil, old.title, new.title)
        compare("introduction", nil, old.introduction.text, new.introduction.text)
        compare("foreword", nil, old.foreword.text, new.foreword.text)
        found += requirements(from: old.requirements, to: new.requirements)
        for topic in RequirementsDocument.Topic.allCases {
            found += items(of: topic.rawValue, from: old[topic], to: new[topic])
            compare(topic.rawValue, "text", old[remarkOn: topic].text, new[remarkOn: topic].text)
        }
        found += items(of: "section", from: old.sections.map(\.words), to: new.sections.map(\.words))
        return found
    }

    private static func requirements(from old: [Requirement], to new: [Requirement]) -> [RequirementsDifference] {
        let before = keyed(old)
        let after = keyed(new)
        let names = Set(after.map(\.key))
        var found = before.filter { !names.contains($0.key) }.map {
            Self(change: .removed, place: $0.value.id, field: nil, old: $0.value.text, new: nil)
        }
        let earlier = Dictionary(before.map { ($0.key, $0.value) }) { first, _ in first }
        for (key, requirement) in after {
            guard let was = earlier[key] else {
                found.append(Self(change: .added, place: requirement.id, field: nil, old: nil, new: requirement.text))
                continue
            }
            for ((field, before), (_, after)) in zip(was.fields, requirement.fields)
            where !before.unicodeScalars.elementsEqual(after.unicodeScalars) {
                found.append(Self(change: .changed, place: requirement.id, field: field, old: before, new: after))
            }
        }
        let kept = after.map(\.key).filter { earlier[$0] != nil }
        if kept != before.map(\.key).filter({ names.contains($0) }) {
            found.append(Self(change: .moved, place: "order", field: nil, old: nil, new: nil))
        }
        return found
    }

    /// Each requirement by its name, and by its number among those of that name.
    private static func keyed(_ requirements: [Requirement]) -> [(key: String, value: Requirement)] {
        var counts: [String: Int] = [:]
        return requirements.map { requirement in
            counts[requirement.id, default: 0] += 1
            return ("\(counts[requirement.id, default: 1]) \(requirement.id)", requirement)
        }
    }

    private static func items(of place: String, from old: [String], to new: [String]) -> [RequirementsDifference] {
        var found: [RequirementsDifference] = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(_, let text, _):
                found.append(Self(change: .removed, place: place, field: nil, old: text, new: nil))
            case .insert(_, let text, _):
                found.append(Self(change: .added, place: place, field: nil, old: nil, new: text))
            }
        }
        return found
    }
}

extension Requirement {
    /// Its fields as texts, by their names in `requirements.json`.
    fileprivate var fields: [(String, String)] {
        [
            ("text", text), ("metric", metric), ("operator", criterion?.comparison.rawValue ?? ""),
            ("threshold", criterion.map { JSONValue.digits(of: $0.threshold) } ?? ""), ("unit", criterion?.unit ?? ""),
            ("measurement", measurement), ("source", source), ("notes", prose.text),
        ]
    }
}

extension RequirementsDocument.Section {
    fileprivate var words: String { "\(title)\n\(prose.text)" }
}
