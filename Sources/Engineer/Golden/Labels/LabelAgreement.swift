package import Base
package import Statistics
package import Storage

/// How far the people of a batch agree, and what is decided of each item.
package struct LabelAgreement: Sendable {
    /// What the labels of an item amount to.
    package struct Item: Sendable, Hashable {
        package let id: String
        /// What each person said, by their place.
        package let labels: [ItemLabel]
        /// What all agree on, or a person decided; nil while neither is so.
        package let verdict: LabelCategory?
        /// Whether everybody has labelled it, and they differ, and nobody has decided.
        package let isDisputed: Bool
    }

    package let items: [Item]
    /// Labels that were given, and those that are wanted.
    package let given: Int
    package let wanted: Int
    /// Cohen's kappa of the first two people, on what both labelled; nil where chance alone explains all.
    package let kappa: Interval?
    /// Krippendorff's alpha of all; nil likewise.
    package let alpha: Double?
    /// Of the items that two or more labelled, on how many all said the same.
    package let agreed: Int
    package let compared: Int

    /// Of the rows of a batch.
    package init(_ batch: LabelBatch, items rows: [LabelItem], labels: [ItemLabel]) {
        let byItem = Dictionary(grouping: labels, by: \.item)
        items = rows.map { row in
            let own = byItem[row.id] ?? []
            let said = Set(own.map(\.category))
            let isWhole = own.count >= batch.people
            let decided = row.verdict ?? (isWhole && said.count == 1 ? said.first : nil)
            return Item(
                id: row.id, labels: own, verdict: decided.flatMap { LabelCategory(rawValue: $0) },
                isDisputed: isWhole && said.count > 1 && row.verdict == nil)
        }
        given = labels.count
        wanted = rows.count * batch.people
        let several = items.filter { $0.labels.count > 1 }
        compared = several.count
        agreed = several.count { Set($0.labels.map(\.category)).count == 1 }
        alpha = krippendorffsAlpha(items.map { $0.labels.map(\.category) })
        let pairs = several.compactMap { item in
            let first = item.labels.first { $0.place == 1 }?.category
            let second = item.labels.first { $0.place == 2 }?.category
            return first.flatMap { first in second.map { (first, $0) } }
        }
        kappa = pairs.isEmpty ? nil : (try? cohensKappa(pairs.map(\.0), pairs.map(\.1))) ?? nil
    }

    /// The fields of `neo label status --json`.
    package var json: JSONValue {
        [
            "given": .integer(given), "wanted": .integer(wanted), "compared": .integer(compared),
            "agreed": .integer(agreed), "alpha": alpha.map { .number($0) } ?? .null,
            "kappa": kappa.map {
                ["value": .number($0.estimate), "lower": .number($0.lower), "upper": .number($0.upper)]
            } ?? .null,
            "items": .array(
                items.map { item in
                    [
                        "id": .string(item.id), "verdict": item.verdict.map { .string($0.rawValue) } ?? .null,
                        "disputed": .bool(item.isDisputed),
                        "labels": .array(
                            item.labels.map {
                                [
                                    "person": .integer($0.place), "category": .string($0.category),
                                    "comment": .string($0.comment), "seconds": .number($0.seconds),
                                ]
                            }),
                    ]
                }),
        ]
    }

    /// In words.
    package var text: String {
        var lines = ["\(given) of \(wanted) labels"]
        if compared > 0 {
            lines.append("\(agreed) of \(compared) that two or more labelled are labelled alike")
            lines.append(
                kappa.map {
                    "Cohen's kappa of the first two: \(Rounding.text($0.estimate)) (95 % interval "
                        + "\(Rounding.text($0.lower)) to \(Rounding.text($0.upper)))"
                } ?? "Cohen's kappa: not defined where one category explains all")
            lines.append(
                "Krippendorff's alpha: "
                    + (alpha.map { Rounding.text($0) } ?? "not defined where one category explains all"))
        }
        let disputed = items.filter(\.isDisputed).map(\.id)
        if !disputed.isEmpty { lines.append("to decide: " + disputed.joined(separator: " ")) }
        return lines.joined(separator: "\n")
    }
}
