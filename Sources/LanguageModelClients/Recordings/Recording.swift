internal import Base
package import LanguageModels
package import Storage

/// Recorded answers as text, one a line, so that a test can keep a real conversation as a file.
///
/// A line is `{"request": …, "events": […]}`: what was asked of which model, and the events of the answer's stream.
package struct Recording: Sendable, Hashable {
    private var lines: [Line]

    private struct Line: Sendable, Hashable {
        let request: JSONValue
        let answer: RecordedAnswer
    }

    /// All that a store holds, in the order in which it was recorded; what is damaged is left out.
    package init(of store: ResponseStore) async {
        lines = await store.responses().compactMap { stored in
            guard let request = try? JSONValue(parsing: stored.request),
                let answer = try? RecordedAnswer(text: stored.answer)
            else { return nil }
            return Line(request: request, answer: answer)
        }
    }

    /// The recording that was written so.
    ///
    /// - Parameter file: names the text in errors.
    /// - Throws: `LanguageModelError` with the line that is none.
    package init(parsing text: String, file: String) throws(LanguageModelError) {
        lines = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            do {
                let json = try JSONValue(parsing: String(line))
                guard let request = json["request"], request.object != nil else {
                    throw LanguageModelError(.answer, "There is no request.")
                }
                lines.append(Line(request: request, answer: try RecordedAnswer(json: json["events"] ?? [])))
            } catch {
                throw LanguageModelError(
                    .answer,
                    "\(file):\(number + 1) is no recorded answer. Write the file anew, or remove the line.",
                    cause: error)
            }
        }
    }

    /// The text.
    package var text: String {
        lines.reduce(into: "") { text, line in
            text += JSONValue.object(["request": line.request, "events": line.answer.json]).canonicalText + "\n"
        }
    }

    /// How many answers there are.
    package var count: Int { lines.count }

    /// Puts all into a store.
    package func keep(in store: ResponseStore) async {
        for line in lines {
            await store.keep(StoredResponse(request: line.request.canonicalText, answer: line.answer.text))
        }
    }
}
