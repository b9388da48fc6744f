internal import Base
internal import Engineer
internal import HTTPTypes

/// What became of an edit that a person sent.
enum DocumentAnswer {
    /// It is in the file; the page to look at next.
    case written(String)
    /// It is not, and this page has the person's text.
    case refused(Page, HTTPResponse.Status)
}

extension DashboardPages {
    /// The form for some lines of a document. `place` is `all`, or the number of a line.
    func documentEdit(
        _ view: ProjectOverview, _ kind: ReviewedDocument.Kind, _ reader: ProjectReader, at place: String
    ) throws -> Page {
        guard let place = DocumentPart.Place(place),
            let part = try DocumentPart.read(kind, at: place, in: try reader.project())
        else { throw Self.missing }
        return Self.editPage(view, kind, part)
    }

    /// Does what a person asks for with the form of `documentEdit`; nil where the path is not that of a document.
    func takeEdit(_ form: FormBody, path: String) async throws -> DocumentAnswer? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 3, parts[0] == "p", let kind = ReviewedDocument.Kind(rawValue: parts[2]) else {
            return nil
        }
        let reader = try await projects.reader(parts[1])
        guard let place = DocumentPart.Place(form["edit"] ?? ""), let text = form["text"] else {
            throw RequestFailure.invalid("Nobody knows which lines were changed; load the page again.")
        }
        let edit = DocumentEdit(kind, at: place, seen: form["seen"] ?? "", was: form["was"] ?? "", text: text)
        do {
            let hash = try edit.apply(to: try reader.project())
            let anchor = place == .whole ? "" : "#line-\(place.text)"
            return .written("/p/\(reader.found.id)/\(kind.rawValue)?saved=\(hash.prefix(12))\(anchor)")
        } catch {
            // Whatever it was, the words of the person stay on the page.
            let changed = (error as? EngineerError)?.code == .invalidRequest
            let standing = try? edit.standing(in: reader.project())
            let page = Self.editPage(
                await reader.overview(), kind, standing?.part,
                refused: Refusal(sentence: sentence(for: error), text: edit.text, isAsSeen: standing?.isAsSeen ?? true))
            return .refused(page, changed ? .conflict : .unprocessableContent)
        }
    }

    /// Why an edit was not written, and what it was.
    private struct Refusal {
        let sentence: String
        let text: String
        /// Whether the lines are as the person saw them, wherever they are now.
        let isAsSeen: Bool
    }

    private static func editPage(
        _ view: ProjectOverview, _ kind: ReviewedDocument.Kind, _ part: DocumentPart?, refused: Refusal? = nil
    ) -> Page {
        let here = "/p/\(view.found.id)/\(kind.rawValue)"
        let text = refused?.text ?? part?.text ?? ""
        let isTooLong = part.map { !fits($0.text) } ?? false
        let isReplaced = part != nil && refused?.isAsSeen == false
        let lines = part.map { lineWords($0) } ?? ""
        let model: [String: JSONValue] = [
            "tabs": tabs(view, current: kind.rawValue), "fileName": .string(kind.fileName), "action": .string(here),
            "edit": .string(part?.place.text ?? ""), "seen": .string(part?.hash ?? ""),
            "was": .string(part?.textHash ?? ""), "lines": .string(lines), "words": .string(text),
            "rows": .string(String(min(max(4, text.utf8.count { $0 == UInt8(ascii: "\n") } + 2), 24))),
            "isRefused": .bool(refused != nil), "refusal": .string(refused?.sentence ?? ""),
            "isReplaced": .bool(isReplaced), "now": .string(isReplaced ? part?.text ?? "" : ""),
            "hasMoved": .bool(part != nil && refused?.isAsSeen == true), "isTooLong": .bool(isTooLong),
            "canSave": .bool(part != nil && !isTooLong), "isKept": .bool(refused != nil && (part == nil || isTooLong)),
            "leavesOut": .bool(part.map { SafeHTML.leavesOut($0.text) } ?? false),
            "button": .string(isReplaced ? "Save in place of what is there now" : "Save"),
        ]
        return Page(
            "documentedit", title: "Edit", crumbs: crumbs(view) + [Page.Crumb(name: kind.fileName, path: here)],
            model: model, project: view.found.id)
    }

    private static func lineWords(_ part: DocumentPart) -> String {
        if part.place == .whole { return "All of \(part.kind.fileName)" }
        let (first, last) = (part.lines.lowerBound, part.lines.upperBound)
        return (first == last ? "Line \(first)" : "Lines \(first) to \(last)") + " of \(part.kind.fileName)"
    }

    /// Whether a form can bring a text back, with room for what a person adds.
    private static func fits(_ text: String) -> Bool {
        // A browser sends a line feed as a carriage return and a line feed.
        let bytes = FormBody.encoded(text).utf8.count + 3 * text.utf8.count { $0 == UInt8(ascii: "\n") }
        return bytes <= FormBody.longest * 3 / 4
    }
}
