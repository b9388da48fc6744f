extension ChatPage {
    /// The body of the page. The `template`s are what the script copies and fills.
    static let markup = """
        <body>
        <a class="skip" href="#question">Skip to the question</a>
        <header>
          <h1>Neo</h1>
          <p id="release">Ask the documents</p>
        </header>
        <main>
          <section id="welcome">
            <h2>What do you want to know?</h2>
            <p id="promise">Answers are sentences of the documents, word for word, each with its source.
            Where the documents do not answer, this page says so.</p>
          </section>
          <div id="turns" role="log" aria-live="polite" aria-label="Questions and answers"></div>
        </main>
        <footer>
          <form id="token-form" hidden>
            <label for="token">This server needs its token</label>
            <div class="row">
              <input id="token" type="password" autocomplete="off" spellcheck="false" required>
              <button type="submit">Use</button>
            </div>
          </form>
          <form id="ask">
            <label for="question" class="hidden">Your question</label>
            <div class="row">
              <textarea id="question" rows="1" placeholder="Ask a question" required
                aria-describedby="hint" autofocus></textarea>
              <button type="submit" id="send">Ask</button>
              <button type="button" id="stop" hidden>Stop</button>
            </div>
            <p id="hint">Enter asks, Shift+Enter begins a new line.</p>
          </form>
        </footer>
        <template id="turn">
          <article>
            <h2 class="asked"></h2>
            <div class="answer" aria-busy="true"><p class="waiting">Searching the documents…</p></div>
          </article>
        </template>
        <template id="source">
          <li><details>
            <summary><span class="number"></span><span class="where"><span class="title"></span>
            <span class="path"></span><span class="file"></span></span></summary>
            <p class="text"></p>
          </details></li>
        </template>
        \(feedbackMarkup)
        </body>
        """
}
