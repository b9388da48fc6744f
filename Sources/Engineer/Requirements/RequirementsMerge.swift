/// A new draft with what people edited in the last one.
///
/// What was edited stays, unless the draft has changed there: then somebody gave another answer, and that counts. What was
/// added stays, and what was taken out stays out.
struct RequirementsMerge {
    /// What was drafted last.
    let base: RequirementsDocument
    /// What people made of it.
    let edited: RequirementsDocument
    /// What is drafted now.
    let draft: RequirementsDocument

    /// All three together.
    var document: RequirementsDocument {
        var merged = edited
        merged.requirements = requirements
        for topic in RequirementsDocument.Topic.allCases {
            let gone = Set(base[topic]).subtracting(draft[topic])
            let added = draft[topic].filter { !base[topic].contains($0) && !edited[topic].contains($0) }
            merged[topic] = edited[topic].filter { !gone.contains($0) } + added
        }
        return merged
    }

    private var requirements: [Requirement] {
        let drafted = Self.byName(draft)
        let before = Self.byName(base)
        var merged: [Requirement] = []
        for requirement in edited.requirements {
            switch (before[requirement.id], drafted[requirement.id]) {
            // Somebody's own, which may have a number that the draft has, too.
            case (nil, _): merged.append(requirement)
            case (let was?, nil): if requirement != was { merged.append(requirement) }
            case (let was?, let new?): merged.append(Self.merged(was, requirement, new))
            }
        }
        let present = Set(edited.requirements.map(\.id))
        // What was taken out comes back only where the draft says something else of it now.
        merged += draft.requirements.filter { !present.contains($0.id) && before[$0.id] != $0 }
        return merged
    }

    private static func merged(_ was: Requirement, _ edited: Requirement, _ new: Requirement) -> Requirement {
        var merged = edited
        if new.text != was.text { merged.text = new.text }
        if new.metric != was.metric { merged.metric = new.metric }
        if new.criterion != was.criterion { merged.criterion = new.criterion }
        if new.measurement != was.measurement { merged.measurement = new.measurement }
        if new.source != was.source { merged.source = new.source }
        if new.prose != was.prose { merged.prose = new.prose }
        return merged
    }

    private static func byName(_ document: RequirementsDocument) -> [String: Requirement] {
        Dictionary(document.requirements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
