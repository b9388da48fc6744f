internal import Base
internal import Engineer
internal import HTTPTypes

extension DashboardPages {
    /// The very answer was kept before: the form was sent twice.
    private struct KeptAlready: Error {}

    /// Keeps the answer of a form of the interview, or writes the requirements at its end; nil where the path is another one's.
    func takeReply(_ form: FormBody, path: String, _ visitor: Visitor) async throws -> DocumentAnswer? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 3, parts[0] == "p", parts[2] == "interview" else { return nil }
        let reader = try await projects.reader(parts[1])
        let project = try reader.project()
        let survey = surveys.look(at: project, reader.found).survey
        let interview = try await reader.interview(project, survey: survey, now: time.now())
        let id = form["question"] ?? ""
        let here = "/p/\(reader.found.id)/interview"
        if form["do"] == "draft" {
            let drafting = try RequirementsDrafting(interview, in: project, replacing: false)
            // A file that somebody edited is theirs.
            return .written(drafting.outcome == .edited ? here + "?left=1" : "/p/\(reader.found.id)/requirements")
        }
        do {
            try keep(form, id, interview, project)
            return .written(here)
        } catch is KeptAlready {
            return .written(here + "?kept=1")
        } catch {
            let failure: RequestFailure
            switch error {
            case let refusal as RequestFailure: failure = refusal
            case let error as EngineerError where error.code == .invalidRequest:
                failure = .invalid(error.message)
            default: throw error
            }
            let reply = RefusedReply(sentence: failure.message, question: id, text: form["answer"] ?? "")
            let page = try await self.interview(
                await reader.overview(), reader, FormBody(""), visitor, refused: reply)
            return .refused(page, failure.status)
        }
    }

    private func keep(_ form: FormBody, _ id: String, _ interview: Interview, _ project: Project) throws {
        let question = try interview.questionnaire.question(id)
        let source = InterviewState.Source(name: try form.text("author", longest: 100), way: .browser)
        let answer = try interview.answer(id, try Self.value(form), by: source, at: time.now())
        guard interview.applies(question) else {
            throw RequestFailure(
                .conflict, code: "changed",
                "“\(answer.asked)” is not asked any more, because of another answer. Nothing was kept.")
        }
        guard form["wording"] == Self.wording(answer.asked) else {
            throw Self.changed(
                "The documents changed, and the question is: “\(answer.asked)” Your answer was not kept. ")
        }
        let (seen, now) = (form["seen"] ?? "", answer.conflict)
        _ = try InterviewFile(project).add([answer], kind: interview.questionnaire.kind) { state in
            let standing = Self.seen(id, state, conflict: now)
            guard standing != seen else { return }
            let counts = [standing, seen].map { $0.prefix { $0 != " " } }
            guard counts[0] != counts[1], let last = state.current(id) else {
                throw Self.changed("Your answer contradicts another one by now, and was not kept. ")
            }
            if last.value == answer.value, last.source == source { throw KeptAlready() }
            let words = last.value.map(question.form.words) ?? "I don't know"
            throw Self.changed(
                "“\(last.asked)” was answered meanwhile, by \(last.source.name): \(words). Your answer was not kept. ")
        }
    }

    /// What a form says: nothing typed is what was suggested, and nil is "I don't know".
    private static func value(_ form: FormBody) throws -> JSONValue? {
        if form["do"] == "unknown" { return Optional.none }
        let text = (form["answer"] ?? "").replacing("\r\n", with: "\n")
        if !text.allSatisfy(\.isWhitespace) { return .string(text) }
        guard let suggested = form.filled("suggested"), let value = try? JSONValue(parsing: suggested) else {
            throw RequestFailure.invalid("Nothing is suggested here: write an answer, or say that you don't know.")
        }
        return value
    }

    private static func changed(_ sentence: String) -> RequestFailure {
        RequestFailure(.conflict, code: "changed", sentence + "Send it again if you mean it.")
    }
}
