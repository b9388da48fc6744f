internal import Engineer
internal import Storage

/// The page on which somebody labels: plain HTML, in which nothing of documents or people can become markup.
enum LabelPage {
    /// A question with its answers and passage, and a form.
    static func sheet(_ view: LabelDesk.View, notice: String?) -> String {
        guard let sheet = view.sheet else {
            return page("Thank you", notice: notice, body: "<p>You have labelled all \(view.all) questions.</p>")
        }
        let passage =
            sheet.quote.isEmpty
            ? "<p>The documents are said not to answer this question. It is good if a user might ask it all the same.</p>"
            : """
            <p class="place">\(safe(sheet.document))</p>
            <blockquote>\(safe(sheet.before))<mark>\(safe(sheet.quote))</mark>\(safe(sheet.after))</blockquote>
            """
        let answers = sheet.answers.map { "<dd>\(safe($0))</dd>" }.joined(separator: "\n")
        let body = """
            <p class="place">\(view.done) of \(view.all) done</p>
            <dl><dt>Question</dt><dd><strong>\(safe(sheet.question))</strong></dd>
            \(answers.isEmpty ? "" : "<dt>Answer</dt>\n" + answers)</dl>
            \(passage)
            <form method="post">
            <input type="hidden" name="item" value="\(safe(sheet.item))">
            <p><label>Who you are <input name="name" required maxlength="\(LabelDesk.longestName)" autocomplete="name"
              value="\(safe(view.labeller.name ?? ""))"></label></p>
            <p><label>What is wrong or unclear (optional)
              <textarea name="comment" rows="2" maxlength="\(LabelDesk.longestComment)"></textarea></label></p>
            <p><button name="category" value="good" accesskey="g">Good (g)</button>
            <button name="category" value="wrong" accesskey="w">Wrong (w)</button>
            <button name="category" value="unclear" accesskey="u">Cannot be told (u)</button></p>
            </form>
            <p class="place">Good: a user might ask it, and the answer is right and stands in the passage.</p>
            """
        return page("Is this a good question?", notice: notice, body: body)
    }

    /// Where a link leads nowhere.
    static let stranger = page(
        "This link is not valid", notice: nil,
        body: "<p>It was mistyped, or another one has taken its place. Ask whoever sent it for a new one.</p>")

    private static func page(_ title: String, notice: String?, body: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(safe(title))</title><link rel="stylesheet" href="/label.css">
        <link rel="icon" type="image/svg+xml" href="\(DashboardAssets.icon.path)"><script src="/label.js" defer></script></head>
        <body><main><h1>\(safe(title))</h1>
        \(notice.map { "<p role=\"alert\" class=\"notice\">\(safe($0))</p>" } ?? "")
        \(body)
        </main></body></html>
        """
    }

    private static func safe(_ text: String) -> String { SafeHTML.escaped(text) }

    /// How it looks.
    static let style = """
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: #1a1a1a; background: #fff; }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
        blockquote { white-space: pre-wrap; overflow-wrap: anywhere; border-left: .25rem solid #888; margin: 0; padding: .5rem 1rem; }
        dd { margin: 0 0 .5rem; overflow-wrap: anywhere; } dt, .place { color: #555; }
        textarea, input[name=name] { width: 100%; box-sizing: border-box; font: inherit; padding: .4rem; }
        button { font: inherit; padding: .5rem 1rem; margin-right: .5rem; }
        .notice { border: 1px solid #b00; padding: .5rem; }
        @media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } dt, .place { color: #aaa; } }
        """

    /// g, w and u press their buttons, where nobody is writing; Escape leaves a field.
    static let script = """
        document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (["INPUT", "TEXTAREA"].includes(document.activeElement?.tagName)) {
                if (event.key === "Escape") document.activeElement.blur();
                return;
            }
            document.querySelector(`button[accesskey="${CSS.escape(event.key)}"]`)?.click();
        });
        """
}
