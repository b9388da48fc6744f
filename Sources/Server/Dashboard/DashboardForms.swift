internal import Base
internal import Engineer
internal import HTTPTypes
internal import Storage
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Does what a person asks for with a form.
struct DashboardForms: Sendable {
    let projects: DashboardProjects
    let time: TimeSource

    /// Takes a form that was sent to a path: `/p/PROJECT/approvals`, `accept`, `comments`, `resolve`, `golden`, `alerts`,
    /// `alert-seen`, `seen`.
    func take(_ form: FormBody, path: String) async throws {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 3, parts[0] == "p" else { throw Self.unknown }
        let reader = try await projects.reader(parts[1])
        switch parts[2] {
        case "approvals": try await approve(form, reader)
        case "accept": try await accept(form, reader)
        case "comments": try await comment(form, reader)
        case "resolve": try await resolve(form, reader)
        case "golden": try await edit(form, reader)
        case "alerts": try await acknowledge(form, reader)
        case "alert-seen": try await seeAlert(form, reader)
        case "seen": try await see(form, reader)
        default: throw Self.unknown
        }
    }

    /// Approves what the person saw: the hash comes with the form, and must be that of the file now.
    private func approve(_ form: FormBody, _ reader: ProjectReader) async throws {
        guard let kind = ReviewedDocument.Kind(rawValue: form["document"] ?? "") else {
            throw RequestFailure.invalid("There is no such document in this project any more.")
        }
        do {
            try await Approvals(try reader.project()).approve(
                kind, seen: form["hash"] ?? "", who: try form.text("author", longest: 100), how: .browser,
                at: time.now())
        } catch let error as EngineerError where error.code == .invalidRequest {
            throw RequestFailure(.conflict, code: "changed", error.message)
        }
    }

    /// Goes on although a gate does not hold: what the person saw of it comes with the form, too.
    private func accept(_ form: FormBody, _ reader: ProjectReader) async throws {
        do {
            try await BuildSession.accept(
                try form.text("milestone", longest: 100), in: try reader.project(), seen: form["seen"] ?? "",
                who: try form.text("author", longest: 100), how: .browser,
                reason: try form.text("reason", longest: BuildSession.longestReason), at: time.now())
        } catch let error as EngineerError where error.code == .invalidRequest {
            throw RequestFailure(.conflict, code: "changed", error.message)
        }
    }

    private func comment(_ form: FormBody, _ reader: ProjectReader) async throws {
        guard let kind = CommentTarget.Kind(rawValue: form["kind"] ?? "") else {
            throw RequestFailure.invalid("Nobody knows what this comment is about; load the page again.")
        }
        _ = try await reader.madeDatabase().comment(
            on: CommentTarget(kind, String((form["target"] ?? "").prefix(300))),
            quote: String((form["quote"] ?? "").prefix(500)),
            text: try form.text("text", longest: ReviewComment.longest),
            author: try form.text("author", longest: 100), at: time.now())
    }

    private func resolve(_ form: FormBody, _ reader: ProjectReader) async throws {
        guard let id = form["comment"].flatMap({ Int64($0) }),
            try await reader.database()?.resolveComment(id, at: time.now()) == true
        else { throw RequestFailure.invalid("There is no such comment any more.") }
    }

    private func acknowledge(_ form: FormBody, _ reader: ProjectReader) async throws {
        let alerts = try form.text("alerts", longest: 20_000).split(separator: " ").compactMap { Int($0) }
        guard let store = try await reader.runs(), !alerts.isEmpty else {
            throw RequestFailure.invalid("There are no such alerts any more.")
        }
        let author = try form.text("author", longest: 100)
        for alert in alerts.prefix(1000) { try await store.acknowledge(alert: alert, by: author) }
    }

    /// Notes who has seen an alert of the service, as `neo alerts ack` does.
    private func seeAlert(_ form: FormBody, _ reader: ProjectReader) async throws {
        let author = try form.text("author", longest: 100)
        guard let alert = form["alert"].flatMap({ Int64($0) }),
            try await reader.service()?.acknowledge(alert, by: author, at: time.now().timeIntervalSince1970) == true
        else { throw RequestFailure.invalid("There is no such alert that is open any more.") }
    }

    private func see(_ form: FormBody, _ reader: ProjectReader) async throws {
        guard let event = form["event"].flatMap({ Int($0) }) else {
            throw RequestFailure.invalid("Nobody knows what was seen; load the page again.")
        }
        try await reader.see(
            session: try form.text("session", longest: 300), event: event, by: try form.text("author", longest: 100))
    }

    private func edit(_ form: FormBody, _ reader: ProjectReader) async throws {
        let answers = (form["answers"] ?? "").split(whereSeparator: \.isNewline).map { String($0.trimmed) }
        let edit = GoldenEdit(
            id: try form.text("id", longest: 1000), seen: try form.text("seen", longest: 64),
            question: try form.text("question", longest: 8000), answers: answers.filter { !$0.isEmpty },
            isAnswerable: form["answerable"] != nil,
            type: form["type"].flatMap { $0[...].trimmed.isEmpty ? nil : String($0[...].trimmed) })
        do {
            try edit.apply(to: try reader.project())
        } catch let error as EngineerError where error.code == .invalidRequest {
            throw RequestFailure(.conflict, code: "changed", error.message)
        }
    }

    private static let unknown = RequestFailure(.notFound, code: "not_found", "Nothing takes this form.")
}
