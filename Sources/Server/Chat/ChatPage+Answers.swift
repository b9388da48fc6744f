extension ChatPage {
    /// The part of the script that shows answers and their sources.
    static let answerScript = #"""

        function highlighted(text, quotes) {
          const node = document.createDocumentFragment();
          const places = quotes.map((quote) => [text.indexOf(quote), quote.length])
            .filter(([start]) => start >= 0).sort((a, b) => a[0] - b[0]);
          let end = 0;
          for (const [start, length] of places) {
            if (start < end) continue;
            node.append(text.slice(end, start), element("mark", "", text.slice(start, start + length)));
            end = start + length;
          }
          node.append(text.slice(end));
          return node;
        }

        function source(number, id, passage, quotes, url) {
          const item = byId("source").content.cloneNode(true).firstElementChild;
          const title = passage.title || passage.document;
          const headings = (passage.headings ?? []).filter((heading) => heading !== title);
          item.querySelector(".number").textContent = number;
          item.querySelector(".title").textContent = title;
          item.querySelector(".path").textContent = headings.map((heading) => "› " + heading).join(" ");
          item.querySelector(".file").textContent = passage.document + ", line " + passage.line;
          item.querySelector(".text").append(highlighted(passage.text, quotes));
          item.querySelector("details").id = id;
          item.querySelector("details").dataset.document = passage.document;
          if (url && /^https?:\/\//.test(url)) {
            const link = element("a", "link", "Open the document");
            link.href = url;
            link.rel = "noopener noreferrer";
            item.querySelector("details").append(link);
          }
          return item;
        }

        function openSource(id) {
          const details = byId(id);
          details.open = true;
          details.querySelector("summary").focus({ preventScroll: true });
          details.scrollIntoView({ block: "nearest" });
        }

        function cite(number, prefix, isSupported) {
          const button = element("button", isSupported ? "cite" : "cite doubtful", number);
          button.type = "button";
          button.setAttribute("aria-label", "Show source " + number
            + (isSupported ? "" : ", which does not hold what is said"));
          button.addEventListener("click", () => openSource(prefix + number));
          return button;
        }

        function addSources(list, result, prefix) {
          for (const citation of result.citations) {
            const passage = result.passages.find((passage) => passage.id === citation.passage);
            const quotes = result.quotes.filter((quote) => quote.citation === citation.number)
              .map((quote) => quote.text);
            if (!passage) continue;
            const place = { ...passage, line: citation.line };
            const item = source(citation.number, prefix + citation.number, place, quotes, citation.url);
            if (citation.supported === false)
              item.querySelector(".where").append(element("span", "doubt", "Does not hold what is said"));
            list.append(item);
          }
        }

        // The text that a model wrote: each number of a passage that is there becomes a button.
        function showWritten(box, result, prefix) {
          const known = new Map(result.citations.map((citation) => [citation.number, citation]));
          const text = element("p", "written");
          let end = 0;
          for (const mark of result.answer.matchAll(/ ?\[([\d, ]{1,40})\](?!\()/g)) {
            const numbers = mark[1].split(",").map((number) => parseInt(number, 10));
            if (!numbers.every((number) => known.has(number))) continue;
            text.append(result.answer.slice(end, mark.index));
            for (const number of numbers) {
              const citation = known.get(number);
              text.append(citation.passage ? cite(number, prefix, citation.supported)
                : element("span", "cite doubtful", number + " (no such passage)"));
            }
            end = mark.index + mark[0].length;
          }
          text.append(result.answer.slice(end));
          box.append(text);
          if (result.unsupported) {
            const notice = element("div", "notice");
            notice.setAttribute("role", "note");
            notice.append(element("strong", "", "Check this answer"), element("p", "",
              "The passages do not support all of it" + (result.citations.length ? ": see the sources that are marked."
                : ": it names none of them.")));
            box.append(notice);
          }
          if (result.cut) box.append(element("p", "writer", "The answer was cut off at its greatest length."));
          box.append(element("p", "writer", "Written by " + result.model + ", not quoted."));
        }

        function showAnswer(box, result, turn) {
          const list = element("ol");
          const prefix = "source-" + turn + "-";
          if (result.abstained) {
            const notice = element("div", "notice");
            notice.append(element("strong", "", "The documents do not answer this"), element("p", "",
              result.reason ?? ""));
            box.append(notice);
            result.passages.slice(0, 5).forEach((passage, index) =>
              list.append(source(index + 1, prefix + (index + 1), passage, [])));
          } else if (result.model) {
            showWritten(box, result, prefix);
            addSources(list, result, prefix);
            if (!list.childElementCount) result.passages.slice(0, result.read_passages).forEach((passage, index) =>
              list.append(source(index + 1, prefix + (index + 1), passage, [])));
          } else {
            result.quotes.forEach((quote, index) => {
              const line = element("p", index === 0 ? "quote first" : "quote", quote.text);
              line.append(cite(quote.citation, prefix, true));
              box.append(line);
            });
            addSources(list, result, prefix);
          }
          if (list.childElementCount) box.append(element("h3", "",
            result.abstained ? "The closest passages" : "Sources"), list);
        }

        """#
}
