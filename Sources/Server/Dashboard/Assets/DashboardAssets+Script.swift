extension DashboardAssets {
    /// What pages can do with JavaScript; without it they can be read all the same.
    static let js = #"""
        "use strict";
        (() => {
          const state = document.getElementById("live-state");
          const say = (text, name) => {
            if (state) { state.textContent = text; state.dataset.state = name; }
          };

          // Times in the reader's own zone; the text as it was stays as the tip. What is said of keys holds here only.
          const localise = (root) => {
            for (const one of root.querySelectorAll("[data-keys]")) one.hidden = false;
            for (const time of root.querySelectorAll("time[datetime]")) {
              const date = new Date(time.dateTime);
              if (Number.isNaN(date.getTime())) continue;
              time.title = time.dateTime;
              time.textContent = date.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
            }
          };
          localise(document);

          // Parts of the page that changed come as events, each as the HTML that the server would have sent.
          const replace = (part, html) => {
            const next = document.createElement("template");
            next.innerHTML = html;
            localise(next.content);
            const open = new Set([...part.querySelectorAll("details[open][id]")].map((one) => one.id));
            for (const one of next.content.querySelectorAll("details[id]")) one.open = open.has(one.id);
            for (const one of part.querySelectorAll("input[type=checkbox]:checked"))
              for (const same of next.content.querySelectorAll("input[type=checkbox]"))
                if (same.name === one.name && same.value === one.value) same.checked = true;
            if (next.innerHTML === part.innerHTML) return false;
            const focused = part.contains(document.activeElement) ? document.activeElement : null;
            if (focused && focused.matches("input, textarea, select")) return false;
            const scrolled = [...part.querySelectorAll(".table")].map((one) => one.scrollLeft);
            const href = focused && focused.getAttribute("href");
            part.replaceChildren(next.content);
            part.querySelectorAll(".table").forEach((one, at) => { one.scrollLeft = scrolled[at] || 0; });
            if (href) [...part.querySelectorAll("a")].find((one) => one.getAttribute("href") === href)?.focus();
            return true;
          };

          const address = document.body.dataset.events;
          if (address && "EventSource" in window) {
            const source = new EventSource(address);
            source.onopen = () => say("Live", "on");
            source.onerror = () => say("Not connected; trying again", "off");
            source.addEventListener("part", (event) => {
              const { id, html } = JSON.parse(event.data);
              const part = document.getElementById(id);
              if (part && replace(part, html)) say("Live, changed " + new Date().toLocaleTimeString(), "on");
            });
            window.addEventListener("pagehide", () => source.close());
          }

          // Whoever unfolds a text for another level tells something of theirs.
          document.addEventListener("click", (event) => {
            const level = event.target.closest("details[data-level] > summary")?.parentElement;
            const token = document.querySelector("input[name=form_token]")?.value;
            if (!level || level.open || !token) return;
            fetch("/level", { method: "POST", body: new URLSearchParams({ form_token: token, unfolded: level.dataset.level }) });
          });

          // In a chat Enter sends.
          document.addEventListener("keydown", (event) => {
            const field = event.target;
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || !field.matches("textarea[data-enter]")) return;
            event.preventDefault();
            const own = field.form.querySelector(`button[value="${field.dataset.enter}"]`);
            field.form.requestSubmit(own || field.form.querySelector("button"));
          });

          // One key does what a button, a link or a field is there for, where no field has the focus; Escape leaves a field.
          let isSent = false;
          document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || isSent) return;
            if (!document.querySelector("[aria-keyshortcuts]")) return;
            if (event.target.closest("input, textarea, select")) {
              if (event.key === "Escape") event.target.blur();
              return;
            }
            const one = [...document.querySelectorAll("[aria-keyshortcuts]")]
              .find((each) => each.getAttribute("aria-keyshortcuts") === event.key);
            if (!one) return;
            event.preventDefault();
            if (one.matches("input, textarea")) one.focus();
            else one.click();
          });

          // Whoever leaves with words in a form is asked.
          let isWritten = document.querySelector("form[data-unsaved]") !== null;
          document.addEventListener("input", (event) => { if (event.target.closest("form[method=post]")) isWritten = true; });
          document.addEventListener("submit", () => { isWritten = false; isSent = true; });
          window.addEventListener("pageshow", () => { isSent = false; });
          window.addEventListener("beforeunload", (event) => { if (isWritten) event.preventDefault(); });
        })();
        """#
}
