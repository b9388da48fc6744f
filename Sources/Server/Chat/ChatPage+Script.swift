extension ChatPage {
    /// The page's script. `textContent` everywhere: nothing that comes from a document is read as markup.
    static let script = dialogueScript + answerScript + feedbackScript

    /// The part of the script that asks, and reads what comes.
    private static let dialogueScript = #"""

        "use strict";
        const byId = (id) => document.getElementById(id);
        const question = byId("question"), send = byId("send"), stop = byId("stop"), turns = byId("turns");
        let token = null, waiting = null, count = 0;
        // Ends the answer that is being written.
        let writing = null;
        // What was said so far, for questions that lean on it.
        const dialogue = [];

        const element = (name, className, text) => {
          const node = document.createElement(name);
          if (className) node.className = className;
          if (text !== undefined) node.textContent = text;
          return node;
        };

        // What the server says, or what became of it, in words for whoever asks.
        class Failure extends Error {
          constructor(message, status) { super(message); this.status = status; }
        }

        async function call(path, body, signal) {
          const headers = token ? { Authorization: "Bearer " + token } : {};
          if (body) headers["Content-Type"] = "application/json";
          const response = await fetch(path, { method: body ? "POST" : "GET", headers, signal,
            body: body && JSON.stringify(body) });
          if (response.ok) return response;
          let value = null;
          try { value = await response.json(); } catch { /* an empty or foreign body */ }
          throw new Failure(value?.error?.message ?? "The server answered with status " + response.status + ".",
            response.status);
        }

        // Reads an answer as it is written; gives back the whole.
        async function readAnswer(response, onText) {
          const reader = response.body.getReader(), decoder = new TextDecoder();
          let rest = "";
          for (;;) {
            const { value, done } = await reader.read();
            rest += decoder.decode(value, { stream: !done });
            const events = rest.split("\n\n");
            rest = events.pop();
            for (const event of events) {
              const data = /^data: (.*)$/m.exec(event);
              if (!data) continue;
              const content = JSON.parse(data[1]);
              if (event.startsWith("event: text\n")) onText(content.text);
              else if (event.startsWith("event: answer\n")) return content;
              else throw new Failure(content.error?.message ?? "The answer cannot be read.", response.status);
            }
            if (done) throw new Failure("The answer broke off. Ask again.", response.status);
          }
        }

        async function showRelease() {
          try {
            const version = await (await call("version")).json(), release = version.release ?? {};
            keepsFeedback = version.feedback === true;
            // The project first: of a narrow window that is what is left.
            const { project, manifest, ...others } = release;
            const parts = Object.entries({ project, ...others })
              .filter(([, value]) => value !== undefined && typeof value !== "object")
              .map(([name, value]) => name.replaceAll("_", " ") + " " + value);
            if (release.generator) byId("promise").textContent = "A language model writes the answers from passages of "
              + "the documents and names them. Its numbers lead to the sources; what they do not hold is marked.";
            byId("release").textContent = parts.join(" · ") || "Ask the documents";
            byId("release").title = byId("release").textContent;
          } catch (failure) {
            if (failure.status === 401) askForToken();
          }
        }

        function askForToken() {
          byId("token-form").hidden = false;
          byId("token").focus();
        }

        function showFailure(box, message) {
          const notice = element("div", "notice");
          notice.setAttribute("role", "alert");
          notice.append(element("strong", "", "That did not work"), element("p", "", message));
          box.append(notice);
        }

        function setWriting(controller) {
          const hadFocus = document.activeElement === stop;
          writing = controller;
          send.hidden = controller !== null;
          stop.hidden = controller === null;
          if (hadFocus) question.focus();
        }

        async function ask(text) {
          byId("welcome").hidden = true;
          const turn = ++count;
          const article = byId("turn").content.cloneNode(true).firstElementChild;
          const box = article.querySelector(".answer");
          article.querySelector(".asked").textContent = text;
          turns.append(article);
          article.scrollIntoView({ block: "start" });
          const controller = new AbortController();
          setWriting(controller);
          const written = element("p", "written growing");
          try {
            const response = await call("v1/answer", { query: text, history: dialogue.slice(-10), stream: true },
              controller.signal);
            const result = await readAnswer(response, (more) => {
              if (!written.parentNode) box.replaceChildren(written);
              written.append(more);
            });
            box.replaceChildren();
            showAnswer(box, result, turn);
            showFeedback(box, response.headers.get("x-request-id"));
            dialogue.push({ role: "user", content: text },
              { role: "assistant", content: result.answer || result.reason || "" });
          } catch (failure) {
            written.classList.remove("growing");
            if (!written.parentNode) box.replaceChildren();
            if (controller.signal.aborted) box.append(element("p", "writer", written.parentNode
              ? "Stopped. What was written so far is not compared with the documents." : "Stopped."));
            else showFailure(box, failure instanceof Failure ? failure.message
              : "The server cannot be reached; is it still running?");
            if (failure.status === 401) { waiting = text; askForToken(); }
          } finally {
            box.setAttribute("aria-busy", "false");
            // Whoever reads along is left where they are.
            if (!written.textContent) article.scrollIntoView({ block: "start" });
            setWriting(null);
          }
        }

        const fit = () => {
          question.style.height = "auto";
          question.style.height = question.scrollHeight + 2 + "px";
        };
        question.addEventListener("input", fit);
        question.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            byId("ask").requestSubmit();
          }
        });
        byId("ask").addEventListener("submit", (event) => {
          event.preventDefault();
          const text = question.value.trim();
          if (!text || writing) return;
          question.value = "";
          fit();
          ask(text);
        });
        stop.addEventListener("click", () => writing?.abort());
        document.addEventListener("keydown", (event) => { if (event.key === "Escape") writing?.abort(); });
        // The model does not go on writing for a page that is gone.
        addEventListener("pagehide", () => writing?.abort());
        byId("token-form").addEventListener("submit", (event) => {
          event.preventDefault();
          token = byId("token").value;
          byId("token").value = "";
          byId("token-form").hidden = true;
          question.focus();
          showRelease();
          if (waiting) { ask(waiting); waiting = null; }
        });
        showRelease();

        """#
}
