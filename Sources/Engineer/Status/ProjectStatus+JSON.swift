package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ProjectStatus {
    /// The status as one object; docs/status.md has its fields.
    package var json: JSONValue {
        [
            "project": .string(overview.name), "folder": .string(overview.found.folder),
            "stage": .string(overview.stage.rawValue), "requirements": requirements,
            "counts": .object(
                Dictionary(
                    uniqueKeysWithValues: RequirementVerdict.State.allCases.map { ($0.rawValue, .integer(count($0))) })),
            "design_basis": designBasis?.json ?? .null,
            "verdicts": .array(verdicts.map { $0.json(of: overview.found) }),
            "waiting": .array(
                overview.waiting.map { item in
                    [
                        "kind": .string(item.kind), "sentence": .string(item.sentence),
                        "since": .string(item.since.timestamp), "action": .string(item.action),
                        "for": item.kind == "approval" ? approver.map { .string($0) } ?? .null : .null,
                    ]
                }),
            "problems": .array(problems.map { .string($0) }),
        ]
    }

    private var requirements: JSONValue {
        guard let file else { return .null }
        return [
            "file": .string(file.path), "sha256": .string(file.hash.hex),
            "count": .integer(file.document.requirements.count),
            "findings": .array(file.findings.map(\.json)),
            "open_questions": .array(file.document[.openQuestions].map { .string($0) }),
            "approval": approval.map {
                ["who": .string($0.who), "how": .string($0.how), "at": .string($0.approved)]
            } ?? .null,
            "changed_since_approval": changes.map { .array($0.map(\.json)) } ?? .null,
        ]
    }
}

extension RequirementVerdict {
    /// So many questions are named in a list.
    private static let most = 200

    /// The page of the dashboard that shows a question; that of the study without one.
    func page(of found: FoundProject, question: String? = nil) -> String? {
        guard let study = measured?.study else { return nil }
        let page = "/p/\(found.id)/studies/\(study)"
        guard let question else { return page }
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        let encoded = question.utf8.flatMap { byte -> [UInt8] in
            plain.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return "\(page)/question?id=\(String(decoding: encoded, as: UTF8.self))"
    }

    /// The verdict as one object, with what it can be followed to.
    func json(of found: FoundProject) -> JSONValue {
        let words = measured.flatMap { value in requirement.criterion.map { MeasuredWords(value, $0) } }
        func number(_ value: Double?) -> JSONValue {
            value.flatMap { words?.converted($0) }.map { .number($0) } ?? .null
        }
        let failing = failing
        var object = requirement.json.object ?? [:]
        object["form"] = nil
        object["notes"] = nil
        object["verdict"] = .string(state.rawValue)
        object["sentence"] = .string(sentence)
        object["value"] = number(measured?.value)
        object["lower"] = number(measured?.lower)
        object["upper"] = number(measured?.upper)
        object["count"] = measured.map { .integer($0.count) } ?? .null
        object["of"] = measured.map { .string($0.noun) } ?? .null
        object["basis"] = measured.map { .string($0.basis.rawValue) } ?? .null
        object["measured"] = measured.map { .string($0.measured) } ?? .null
        object["study"] = measured?.study.map { .string($0) } ?? .null
        object["trial"] = measured?.trial.map { .integer($0) } ?? .null
        object["run"] = measured?.run.map { .string($0) } ?? .null
        object["page"] = page(of: found).map { .string($0) } ?? .null
        object["query"] = measured?.sql.map { .string($0) } ?? .null
        object["rows"] = .integer(measured?.rows.count ?? 0)
        object["failing"] = .array(
            failing.prefix(Self.most).map { row in
                [
                    "id": .string(row.id), "value": number(row.value),
                    "page": page(of: found, question: row.id).map { .string($0) } ?? .null,
                ]
            })
        object["failing_count"] = .integer(failing.count)
        return .object(object)
    }
}
