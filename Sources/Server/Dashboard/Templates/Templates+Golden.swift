extension Templates {
    static let goldenReview = """
        {{<layout}}{{$content}}
        <h1>Proposed questions</h1>
        {{>tabs}}
        {{#isRefused}}<div class="note bad" role="alert"><p>✕ {{refusal}}</p>
        {{#lost}}<p>{{name}}, as you sent it: <span class="said">{{words}}</span></p>{{/lost}}</div>{{/isRefused}}
        {{#done}}<div class="note last" role="status"><p>✓ {{id}} is {{state}}: {{asked}}</p>{{#canWrite}}<form method="post" \
        action="{{action}}"><input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="proposal" \
        value="{{id}}"><input type="hidden" name="author" value="{{author}}"><button class="quiet" name="do" value="reopen" \
        aria-keyshortcuts="b">Take it back</button></form>{{/canWrite}}</div>{{/done}}
        <div id="live-goldenstanding">{{>goldenstanding}}</div>
        {{#proposal}}{{>goldenproposal}}{{/proposal}}
        {{/content}}{{/layout}}
        """

    static let goldenStanding = """
        {{#any}}<p class="faint">{{counts}} <a href="{{golden}}">Golden questions</a></p>{{/any}}
        {{#isWorking}}<p class="note" role="status">● The documents are being read for questions. That takes some seconds; of \
        thousands of documents, minutes.</p>{{/isWorking}}
        {{#failure}}<p class="note warn">! {{.}}</p>{{/failure}}
        {{#notes}}<p class="note">{{.}}</p>{{/notes}}
        {{#canBegin}}<p class="lead">✓ {{openCount}} questions are proposed. <a href="{{action}}">Decide of them</a></p>{{/canBegin}}
        {{#isOver}}<p class="lead">✓ Every proposal is decided. {{file}} has {{rows}}: <a href="{{golden}}">look at them</a>.</p>{{/isOver}}
        {{^any}}<p class="empty">Nothing is proposed yet. Templates make questions of the documents, without a model, each with its
        answer and the sentence that holds it; none counts before a person accepts it.</p>{{/any}}
        {{#canPropose}}{{#canWrite}}<form class="row" method="post" action="{{action}}">
        <input type="hidden" name="form_token" value="{{formToken}}">
        <button class="primary" name="do" value="propose">Propose {{proposeCount}} questions</button></form>{{/canWrite}}
        <pre>{{command}}</pre>{{/canPropose}}
        """

    // A browser drops a line feed right after <textarea>; without one there, it would drop the text's own.
    static let goldenProposal = """
        <article class="ask" aria-labelledby="asked"><h2 id="asked">{{asked}}</h2>
        <p class="faint">{{id}} · {{kind}} · {{origin}} · {{why}}{{#rank}} · a search for its words finds the passage as number \
        {{.}}{{/rank}}</p>
        <div class="beside"><section class="passage" aria-labelledby="passage"><h3 id="passage">In the documents</h3>
        {{#passage}}<p class="faint">{{place}}{{#headings}} › {{.}}{{/headings}}</p>
        <p class="text">{{before}}<mark>{{quoted}}</mark>{{after}}</p>{{/passage}}
        {{#isGone}}<p class="note warn">! The quote does not stand in {{document}} any more. Give another sentence of it, or reject \
        the question.</p>{{/isGone}}
        {{^hasEvidence}}<p>No part of the documents answers it.</p>{{/hasEvidence}}</section>
        {{#canWrite}}<form class="stack" method="post" action="{{action}}"{{#isChanged}} data-unsaved="1"{{/isChanged}}>
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="proposal" value="{{id}}">
        <input type="hidden" name="seen" value="{{seen}}">
        <label for="question">Question</label><textarea id="question" name="question" rows="2" maxlength="8000" required \
        data-enter="accept" aria-keyshortcuts="e">
        {{question}}</textarea>
        {{#isAnswerable}}<label for="answers">Answers, one a line</label><textarea id="answers" name="answers" \
        rows="{{answerRows}}" required>
        {{answers}}</textarea>{{/isAnswerable}}
        {{#hasEvidence}}<label for="quote">The sentence that holds it</label><textarea id="quote" name="quote" rows="3" \
        maxlength="8000" required>
        {{quote}}</textarea>{{/hasEvidence}}
        <p class="row"><button class="primary" name="do" value="accept" aria-keyshortcuts="a">Accept</button>
        {{#canSkip}}<a href="{{skip}}" aria-keyshortcuts="s">Skip</a>{{/canSkip}}
        <span class="by"><label for="author">Your name</label><input id="author" name="author" value="{{author}}" \
        maxlength="100" required></span></p>
        <label for="reason">Why not (may stay empty)</label><textarea id="reason" name="reason" rows="1" maxlength="8000" \
        data-enter="reject" aria-keyshortcuts="r">
        {{reason}}</textarea>
        <p class="row"><button name="do" value="reject" formnovalidate>Reject</button></p>
        <p class="faint" data-keys hidden><kbd>a</kbd> accepts, <kbd>e</kbd> edits, <kbd>r</kbd> and Enter reject, <kbd>s</kbd> \
        skips, <kbd>b</kbd> takes the last back; Esc leaves a field.</p>
        </form>{{/canWrite}}</div></article>
        """
}
