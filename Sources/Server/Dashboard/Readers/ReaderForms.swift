internal import Engineer
internal import HTTPTypes
internal import Hummingbird

/// What a browser's visitor says and shows of themselves as a reader.
enum ReaderForms {
    /// Takes a form that was sent to `/level`: the level that a person chose, or the one whose text they unfolded.
    static func take(_ form: FormBody, _ memory: BrowserMemory, _ browser: BrowserSession?) throws -> Response {
        if let unfolded = form["unfolded"] {
            guard let level = ReaderLevel(rawValue: unfolded) else { throw unknown }
            memory.note(browser) { $0.reader.estimate.note(.unfolded(level)) }
            return Response(status: .noContent)
        }
        let given = form["level"] ?? ""
        guard given == "auto" || ReaderLevel(rawValue: given) != nil else { throw unknown }
        memory.note(browser) { $0.reader.chosen = ReaderLevel(rawValue: given) }
        return .redirect(to: DashboardRoutes.ownPath(form["next"]), type: .normal)
    }

    /// What opening a page tells of who opened it.
    static func sign(ofPath path: String) -> ReaderEstimate.Sign? {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[0] == "p" else { return nil }
        return switch parts[2] {
        case "studies": .openedStudy
        case "sql", "run", "compare": .openedData
        case "costs": .openedCosts
        default: nil
        }
    }

    /// What a form tells of who sent it: the words of a comment, an answer of the interview.
    static func note(_ form: FormBody, path: String, in estimate: inout ReaderEstimate) {
        if path.hasSuffix("/comments"), let text = form.filled("text") { estimate.note(words: text) }
        guard path.hasSuffix("/interview") else { return }
        if form["do"] == "unknown" {
            estimate.note(.didNotKnow)
        } else if let text = form.filled("answer") {
            estimate.note(words: text)
        }
    }

    private static let unknown = RequestFailure.invalid("There is no such level; load the page again.")
}
