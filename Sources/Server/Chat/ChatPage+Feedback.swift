internal import Engineer

extension ChatPage {
    /// The part of the script that says what people think of an answer. Nothing here where the service keeps none of it.
    static let feedbackScript = #"""

        let keepsFeedback = false;

        async function say(id, fields) {
          return (await call("v1/feedback", { answer: id, ...fields })).json();
        }

        function showFeedback(box, id) {
          if (!keepsFeedback || !id) return;
          const form = byId("feedback").content.cloneNode(true).firstElementChild;
          const status = form.querySelector("output"), why = form.querySelector(".why");
          const thumbs = [...form.querySelectorAll("button[data-rating]")];
          const tell = (words) => { status.textContent = words; };
          const rate = async (rating, more) => {
            try {
              await say(id, { rating, ...more });
              for (const thumb of thumbs)
                thumb.setAttribute("aria-pressed", String(thumb.dataset.rating === rating));
              why.hidden = rating !== "down";
              tell("Thank you.");
            } catch (failure) {
              tell(failure instanceof Failure ? failure.message : "That did not reach the server.");
            }
          };
          for (const thumb of thumbs) thumb.addEventListener("click", () => rate(thumb.dataset.rating));
          form.addEventListener("submit", (event) => {
            event.preventDefault();
            const more = {};
            for (const name of ["reason", "comment", "correction"]) {
              const value = form.elements[name].value.trim();
              if (value) more[name] = value;
            }
            rate("down", more).then(() => { why.hidden = true; });
          });
          // A source that somebody opens was worth looking at.
          for (const details of box.querySelectorAll("details")) {
            details.addEventListener("toggle", () => {
              if (details.open && details.dataset.document) say(id, { document: details.dataset.document }).catch(() => {});
            }, { once: true });
          }
          box.append(form);
        }

        """#

    /// What the script copies below each answer.
    static let feedbackMarkup = """
        <template id="feedback">
          <form class="feedback">
            <div class="thumbs">
              <button type="button" data-rating="up" aria-pressed="false">Good answer</button>
              <button type="button" data-rating="down" aria-pressed="false">Bad answer</button>
              <output role="status"></output>
            </div>
            <div class="why" hidden>
              <label>Why?
                <select name="reason"><option value=""></option>\(reasons)</select></label>
              <label>What should it have said? <textarea name="correction" rows="2" maxlength="4000"></textarea></label>
              <label>Anything else? <textarea name="comment" rows="1" maxlength="4000"></textarea></label>
              <p>Your words are kept with the question and this answer, and read by whoever looks after this service.</p>
              <button type="submit">Send</button>
            </div>
          </form>
        </template>
        """

    /// How it looks.
    static let feedbackStyle = """

        .feedback { margin-top: 14px; }
        .thumbs { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
        .thumbs button {
          padding: 4px 12px; border: 1px solid var(--line); border-radius: 14px; background: var(--card);
          color: var(--soft); font: inherit; font-size: 13px; cursor: pointer;
        }
        .thumbs button:hover { border-color: var(--accent); color: var(--accent); }
        .thumbs button[aria-pressed=true] { background: var(--tint); border-color: var(--accent); color: var(--accent); }
        .thumbs output { color: var(--soft); font-size: 13px; }
        .why { display: grid; gap: 10px; margin-top: 10px; padding: 12px; border: 1px solid var(--line);
          border-radius: 10px; background: var(--card); }
        .why label { display: grid; gap: 4px; font-size: 14px; font-weight: 600; }
        .why p { margin: 0; color: var(--soft); font-size: 13px; }
        .why select { padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper);
          color: var(--ink); font: inherit; }
        .why button { justify-self: start; }

        """

    private static let reasons = FeedbackReason.allCases.map { "<option value=\"\($0.rawValue)\">\($0.words)</option>" }
        .joined()
}
