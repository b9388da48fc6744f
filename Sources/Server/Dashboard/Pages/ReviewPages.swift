internal import Base
internal import Engineer
internal import HTTPTypes
internal import RAG
internal import Storage

extension DashboardPages {
    /// A document line by line, with its approvals and what people say of it.
    func document(
        _ view: ProjectOverview, _ kind: ReviewedDocument.Kind, _ query: FormBody, _ visitor: Visitor
    ) throws -> Page {
        guard let document = view.documents.first(where: { $0.kind == kind }) else {
            guard let reason = view.unreadable[kind] else { throw Self.missing }
            throw RequestFailure(.unprocessableContent, code: "refused", reason)
        }
        let here = "/p/\(view.found.id)/\(kind.rawValue)"
        let hasPicture = (try? Project(opening: view.found.folder)).flatMap { DesignWriter.picture($0) } != nil
        let comments = view.comments.filter { $0.target.kind == kind.target }
        let approval = document.approval
        let first = Self.firstShown(document)
        let state = approval != nil ? "approved" : document.approvals.isEmpty ? "not approved" : "changed"
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: kind.rawValue), "fileName": .string(kind.fileName),
            "changed": PageWords.time(document.changed), "hash": .string(document.hash),
            "shortHash": .string(String(document.hash.prefix(12))), "document": .string(kind.rawValue),
            "base": .string("/p/\(view.found.id)"), "next": .string(here), "author": .string(visitor.author),
            "state": PageWords.state(state), "isApproved": .bool(approval != nil),
            "isSaved": .bool(query["saved"] == String(document.hash.prefix(12))),
            "approvals": .array(
                document.approvals.map {
                    [
                        "who": .string($0.who), "how": .string($0.how), "when": PageWords.time($0.approved),
                        "of": .string(String($0.hash.prefix(12))), "isThis": .bool($0.hash == document.hash),
                    ]
                }), "anyApprovals": .bool(!document.approvals.isEmpty),
            "changes": .array(document.changes.map { .string($0) }), "anyChanges": .bool(!document.changes.isEmpty),
            "basis": document.basis.map { basis in
                [
                    "sentence": .string(basis.sentence), "remedy": .string(basis.remedy),
                    "lines": .array(basis.changeLines.map { .string($0) }),
                ]
            } ?? .null,
            "findings": .array(document.findings.prefix(50).map { .string($0) }),
            "anyFindings": .bool(!document.findings.isEmpty), "hasPicture": .bool(kind == .design && hasPicture),
            "blocks": Self.blocks(
                document,
                document.lines.map { Self.line($0, comments, kind, view, here, canEdit: first.contains($0.number)) },
                for: visitor.reader.level, commented: comments.compactMap { Int($0.target.id) }),
            "opened": Self.opened(for: visitor, next: here),
            "commentCount": .string(String(comments.count)),
        ]
        return Page(
            "document", title: kind.fileName, crumbs: Self.crumbs(view), model: model, project: view.found.id)
    }

    /// The first line that is shown of all that are edited together.
    private static func firstShown(_ document: ReviewedDocument) -> Set<Int> {
        var shown = document.lines.filter { $0.kind != .blank }.map(\.number)[...]
        var first: Set<Int> = []
        for block in document.blocks {
            if let number = shown.first, block.contains(number) { first.insert(number) }
            shown = shown.drop { $0 <= block.upperBound }
        }
        return first
    }

    private static func line(
        _ line: DocumentLine, _ comments: [ReviewComment], _ kind: ReviewedDocument.Kind, _ view: ProjectOverview,
        _ here: String, canEdit: Bool
    ) -> JSONValue {
        let (name, look): (String, String) =
            switch line.kind {
            case .blank: ("blank", "")
            case .heading(let level): ("heading", "h\(min(level + 1, 6))")
            case .paragraph: ("paragraph", "")
            case .item(let depth): ("item", "deep\(depth)")
            case .task(let isDone): ("task", isDone ? "☑" : "☐")
            case .quote: ("quote", "")
            case .code: ("code", "")
            case .row: ("row", "")
            }
        let target = CommentTarget(kind.target, String(line.number))
        var model: [String: JSONValue] = [
            "number": .string(String(line.number)), "canEdit": .bool(canEdit),
            "edit": .string("\(here)?edit=\(line.number)"), "words": .string(line.text), "look": .string(look),
            "isBlank": .bool(name == "blank"), "isHeading": .bool(name == "heading"),
            "isTask": .bool(name == "task"), "isOther": .bool(!["blank", "heading", "task"].contains(name)),
            "class": .string("is-\(name) \(look.hasPrefix("deep") ? look : "")"),
        ]
        if name == "heading" { model["level"] = .string(String(look.last ?? "2")) }
        model["comments"] = PageWords.comments(
            comments, about: target, quote: line.text, in: view, next: "\(here)#line-\(line.number)")
        return .object(model)
    }

    /// The golden questions, with a form for each.
    func golden(_ view: ProjectOverview, _ query: FormBody) throws -> Page {
        let here = "/p/\(view.found.id)/golden"
        let all = view.golden?.questions ?? []
        let size = 50
        let last = max(0, (all.count - 1) / size)
        let number = min(max((query["page"].flatMap { Int($0) } ?? 1) - 1, 0), last)
        let shown = all.dropFirst(number * size).prefix(size)
        let comments = view.comments.filter { $0.target.kind == .golden }
        let scores = Dictionary(
            (view.results?.questions ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "golden"), "file": .string(view.golden?.file ?? "golden.jsonl"),
            "count": .string(PageWords.count(all.count)), "hasFile": .bool(view.golden != nil),
            "unanswerable": .string(PageWords.count(all.count { !$0.isAnswerable })),
            "findings": .array((view.golden?.findings ?? []).prefix(50).map { .string($0) }),
            "anyFindings": .bool(!(view.golden?.findings.isEmpty ?? true)),
            "review": .string(Self.reviewPath(view.found)),
            "proposed": .string(view.proposals.flatMap { $0.open == 0 ? nil : PageWords.count($0.open) } ?? ""),
            "seen": .string(view.golden?.hash ?? ""), "base": .string("/p/\(view.found.id)"),
            "pages": .array(
                (0...last).map {
                    [
                        "label": .string(String($0 + 1)), "path": .string("\(here)?page=\($0 + 1)"),
                        "isCurrent": .bool($0 == number),
                    ]
                }), "hasPages": .bool(last > 0),
            "rows": .array(
                shown.map { question in
                    let anchor = PageWords.anchor(question.id)
                    let next = "\(here)?page=\(number + 1)#q-\(anchor)"
                    return [
                        "name": .string(question.id), "anchor": .string(anchor), "text": .string(question.question),
                        "answers": .array(question.answers.map { .string($0) }),
                        "answerLines": .string(question.answers.joined(separator: "\n")),
                        "answerable": .bool(question.isAnswerable), "type": .string(question.type ?? ""),
                        "hasType": .bool(question.type != nil),
                        "line": .string(view.golden?.lines[question.id].map(String.init) ?? ""),
                        "score": .string(PageWords.number(scores[question.id]?.score)),
                        "isHeldOut": .bool(scores[question.id]?.heldOut == true), "next": .string(next),
                        "evidence": .array(
                            question.evidence.flatMap { $0 }.map {
                                ["document": .string($0.document), "quote": .string($0.quote)]
                            }),
                        "comments": PageWords.comments(
                            comments, about: .init(.golden, question.id), quote: question.question, in: view, next: next
                        ),
                    ]
                }),
        ]
        let csv = StudyChart.csv(
            [["id", "question", "answers", "answerable", "type"]]
                + all.map {
                    [$0.id, $0.question, $0.answers.joined(separator: " | "), String($0.isAnswerable), $0.type ?? ""]
                })
        return Page(
            "golden", title: "Golden questions", crumbs: Self.crumbs(view), model: model, project: view.found.id,
            tables: ["questions": csv])
    }
}
