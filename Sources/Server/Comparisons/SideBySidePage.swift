internal import Base
internal import HTTPTypes
internal import Hummingbird

/// A page that shows the answers of two releases side by side, and asks which is better. It does not know which is which.
///
/// As on the chat page, texts enter it as `textContent` alone.
enum SideBySidePage {
    /// The whole page.
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Neo – which answer is better?</title>
        <style>\(style)</style>
        </head>
        <body>
        <header><h1>Neo</h1><p>Which answer is better?</p></header>
        <main>
          <p id="welcome">Ask something. Two versions of this service answer; say which answer you would rather have had.
          Your choice is kept with the question.</p>
          <p id="asked" class="asked" hidden></p>
          <div id="answers" hidden>
            <section aria-labelledby="left"><h2 id="left">First</h2><div class="answer" id="first"></div></section>
            <section aria-labelledby="right"><h2 id="right">Second</h2><div class="answer" id="second"></div></section>
          </div>
          <div id="choice" hidden>
            <button type="button" data-preferred="first">First is better <kbd>1</kbd></button>
            <button type="button" data-preferred="tie">No difference <kbd>2</kbd></button>
            <button type="button" data-preferred="second">Second is better <kbd>3</kbd></button>
          </div>
          <p id="status" role="status"></p>
        </main>
        <footer>
          <form id="token-form" hidden>
            <label for="token">This server needs its token</label>
            <div class="row"><input id="token" type="password" autocomplete="off" spellcheck="false" required>
            <button type="submit">Use</button></div>
          </form>
          <form id="ask">
            <label for="question" class="hidden">Your question</label>
            <div class="row"><textarea id="question" rows="1" placeholder="Ask a question" required autofocus></textarea>
            <button type="submit" id="send">Ask both</button></div>
          </form>
        </footer>
        </body>
        <script>\(script)</script>
        </html>
        """

    private static let style =
        ChatPage.style + """

            main { max-width: none; }
            #answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 16px; }
            #answers section { border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: 14px; }
            #answers h2 { margin: 0 0 8px; font-size: 14px; color: var(--soft); }
            #answers p { margin: 0 0 10px; white-space: pre-wrap; overflow-wrap: anywhere; }
            #choice { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; }
            #choice button { flex: 1; min-height: 46px; padding: 8px 14px; border: 1px solid var(--accent);
              border-radius: 12px; background: var(--card); color: var(--accent); font: inherit; font-weight: 600;
              cursor: pointer; }
            #choice button:hover { background: var(--tint); }
            kbd { margin-left: 6px; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; font-size: 12px; }

            """

    private static let script = #"""

        "use strict";
        const byId = (id) => document.getElementById(id);
        let token = null, comparison = null;

        async function call(body) {
          const headers = { "Content-Type": "application/json" };
          if (token) headers.Authorization = "Bearer " + token;
          const response = await fetch("v1/compare", { method: "POST", headers, body: JSON.stringify(body) });
          const value = await response.json().catch(() => null);
          if (response.ok) return value;
          if (response.status === 401) { byId("token-form").hidden = false; byId("token").focus(); }
          throw new Error(value?.error?.message ?? "The server answered with status " + response.status + ".");
        }

        const element = (name, text, className) => {
          const node = document.createElement(name);
          node.textContent = text;
          if (className) node.className = className;
          return node;
        };

        function show(box, answer) {
          box.replaceChildren(element("p", answer.answer));
          for (const source of answer.sources) {
            const details = document.createElement("details");
            details.append(element("summary", source.number + "  " + (source.title || source.document)),
              element("p", source.text, "text"));
            box.append(details);
          }
        }

        async function choose(preferred) {
          if (!comparison) return;
          const body = { comparison, preferred };
          comparison = null;
          byId("choice").hidden = true;
          try {
            await call(body);
            byId("status").textContent = "Thank you. Ask another question.";
            byId("question").focus();
          } catch (failure) { byId("status").textContent = failure.message; }
        }

        byId("ask").addEventListener("submit", async (event) => {
          event.preventDefault();
          const text = byId("question").value.trim();
          if (!text) return;
          byId("welcome").hidden = true;
          byId("asked").hidden = false;
          byId("asked").textContent = text;
          byId("answers").hidden = byId("choice").hidden = true;
          byId("status").textContent = "Both are asked…";
          try {
            const reply = await call({ query: text });
            comparison = reply.comparison;
            show(byId("first"), reply.answers[0]);
            show(byId("second"), reply.answers[1]);
            byId("answers").hidden = byId("choice").hidden = false;
            byId("question").value = "";
            byId("status").textContent = "";
            byId("choice").querySelector("button").focus();
          } catch (failure) { byId("status").textContent = failure.message; }
        });
        byId("question").addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            byId("ask").requestSubmit();
          }
        });
        for (const button of byId("choice").querySelectorAll("button"))
          button.addEventListener("click", () => choose(button.dataset.preferred));
        document.addEventListener("keydown", (event) => {
          if (["TEXTAREA", "INPUT"].includes(event.target.tagName) || byId("choice").hidden) return;
          const preferred = { 1: "first", 2: "tie", 3: "second" }[event.key];
          if (preferred) choose(preferred);
        });
        byId("token-form").addEventListener("submit", (event) => {
          event.preventDefault();
          token = byId("token").value;
          byId("token-form").hidden = true;
          byId("question").focus();
        });

        """#

    /// Answers with the page.
    @Sendable
    static func response() -> Response {
        var headers: HTTPFields = [.cacheControl: "no-cache"]
        headers[.contentSecurityPolicy] = ChatPage.contentSecurityPolicy(script: script, style: style)
        return .text(html, type: "text/html; charset=utf-8", headers: headers)
    }
}
