extension Templates {
    static let interview = """
        {{<layout}}{{$content}}
        <h1>Interview</h1>
        {{>tabs}}
        <div id="live-interviewdocuments">{{>interviewdocuments}}</div>
        <div class="interview"><div class="talk">
        {{#isRefused}}<div class="note bad" role="alert"><p>✕ {{refusal}}</p>\
        {{#lost}}<p>You wrote: <span class="said">{{.}}</span></p>{{/lost}}</div>{{/isRefused}}
        {{#isKept}}<p class="note" role="status">✓ That answer had been kept already, so it was not added again.</p>{{/isKept}}
        <div id="live-interviewtalk">{{>interviewtalk}}</div>
        <div id="live-interviewform">{{>interviewform}}</div>
        </div>
        <section class="known" aria-labelledby="known"><h2 id="known">What is known</h2>
        <div id="live-interviewtopics">{{>interviewtopics}}</div></section></div>
        {{/content}}{{/layout}}
        """

    static let interviewDocuments = """
        {{#documents}}{{#isReading}}<p class="note" role="status">● The documents are being read. What is found in them is asked \
        about then; all else can be answered now.</p>{{/isReading}}
        {{#reason}}<p class="note warn">! The documents could not be read, and are not asked about: {{.}}</p>{{/reason}}
        {{#isKnown}}<details class="survey" id="survey"><summary>{{count}} read</summary>
        <ul>{{#lines}}<li>{{.}}</li>{{/lines}}</ul></details>{{/isKnown}}{{/documents}}
        """

    static let interviewTalk = """
        <h2 class="hidden">What was said</h2>
        {{^anyTurns}}<p class="empty">One question at a time, each with a suggestion and the reason for it. Every answer is kept
        at once; you may leave and go on later, here or with <code>neo interview</code>.</p>{{/anyTurns}}
        {{#hasOlder}}<details id="older"><summary>{{olderCount}}</summary><ol class="turns">
        {{#older}}{{>interviewturn}}{{/older}}</ol></details>{{/hasOlder}}
        {{#anyTurns}}<ol class="turns">{{#turns}}{{>interviewturn}}{{/turns}}</ol>{{/anyTurns}}
        {{#anyUnused}}<details id="unused"><summary>Answers that do not count any more</summary><ul>
        {{#unused}}<li>{{asked}} <b class="said">{{reply.words}}</b></li>{{/unused}}</ul></details>{{/anyUnused}}
        """

    static let interviewTurn = """
        <li id="{{anchor}}"><p class="asked">{{asked}}</p>
        <div class="answer{{#isDisputed}} disputed{{/isDisputed}}"><p class="said">{{reply.words}}</p>
        {{#isDisputed}}<p class="mark">! Contradicts another answer</p>{{/isDisputed}}
        <p class="faint">{{reply.by}}, {{reply.way}}{{#reply.when}}, {{>time}}{{/reply.when}} · <a href="{{again}}">Answer \
        again<span class="hidden">: {{asked}}</span></a></p>
        {{#anyEarlier}}<details id="{{anchor}}-before" class="faint"><summary>Answered before</summary><ul>
        {{#earlier}}<li><span class="said">{{words}}</span> ({{by}}, {{way}}{{#when}}, {{>time}}{{/when}})</li>{{/earlier}}\
        </ul></details>{{/anyEarlier}}</div></li>
        """

    static let interviewForm = """
        {{#form}}<section class="ask" aria-labelledby="ask"><h2 id="ask">{{#isAgain}}Answer again{{/isAgain}}\
        {{^isAgain}}Next question{{/isAgain}}</h2>
        {{#conflict}}<div class="note warn"><p>! These answers contradict each other. {{reason}} Change one of them, or give the
        same answer again if you mean it.</p><ul>{{#sides}}<li>{{asked}} <b class="said">{{reply.words}}</b> ({{reply.by}}) ·
        <a href="{{again}}">Answer again<span class="hidden">: {{asked}}</span></a></li>{{/sides}}</ul></div>{{/conflict}}
        {{#canWrite}}<form class="reply" method="post" action="{{action}}">
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="question" value="{{question}}">
        <input type="hidden" name="wording" value="{{wording}}"><input type="hidden" name="seen" value="{{seen}}"><input type="hidden" name="suggested" value="{{suggested}}">
        {{#isChoice}}<fieldset aria-describedby="why"><legend>{{asked}}</legend>{{#options}}<label class="option">
        <input type="radio" name="answer" value="{{value}}"{{#isChecked}} checked{{/isChecked}}{{#hasFocus}} autofocus{{/hasFocus}}>
        <span><b>{{value}}</b>{{#words}} {{.}}{{/words}}</span></label>{{/options}}</fieldset>{{/isChoice}}
        {{#isText}}<label class="question" for="answer">{{asked}}</label><textarea id="answer" name="answer" rows="3" \
        aria-describedby="why" placeholder="{{suggestedWords}}" autofocus data-enter="1">
        {{words}}</textarea>{{/isText}}
        {{#isLine}}<label class="question" for="answer">{{asked}}</label><p class="row"><input id="answer" name="answer" \
        value="{{words}}" inputmode="{{mode}}" placeholder="{{empty}}" aria-describedby="why" autocomplete="off" autofocus>\
        {{#unit}}<span>{{.}}</span>{{/unit}}</p>{{#hint}}<p class="faint">{{.}}</p>{{/hint}}{{/isLine}}
        <p class="why" id="why">{{#hasSuggestion}}Suggested: <b class="said">{{suggestedWords}}</b>, because {{why}}.\
        {{#isEmptyTaken}} An empty field takes it.{{/isEmptyTaken}}{{/hasSuggestion}}</p>
        <p class="row"><button class="primary" name="do" value="answer">Answer</button>
        <button name="do" value="unknown">I don't know</button>
        <span class="by"><label for="author">Your name</label><input id="author" name="author" value="{{author}}" \
        maxlength="100" required></span></p>
        <p class="faint keys" data-keys hidden>Enter answers{{#isText}}, Shift and Enter begins a line{{/isText}}.</p>
        </form>{{/canWrite}}</section>{{/form}}
        {{#waitsForDocuments}}<section class="ask" aria-labelledby="ask"><h2 id="ask">In a moment</h2>
        <p>All that is left to ask depends on the documents, which are being read.</p></section>{{/waitsForDocuments}}
        {{#isComplete}}<section class="ask" aria-labelledby="ask"><h2 id="ask">Enough is known</h2>
        <p>✓ Nothing is left to ask. Every answer can be given again.</p>
        {{#anyOpen}}<p>Nobody knew, so these stay open:</p><ul>{{#open}}<li>{{asked}} <a href="{{again}}">Answer it<span \
        class="hidden">: {{asked}}</span></a></li>{{/open}}</ul>{{/anyOpen}}
        {{#isLeft}}<p class="note warn">! requirements.md was edited since Neo drafted it, and was left as it is. <code>{{command}} \
        --replace</code> brings both together: edits stay where no new answer contradicts them.</p>{{/isLeft}}
        {{#hasRequirements}}<p>What the system must do stands in <a href="{{requirements}}">requirements.md</a>.</p>{{/hasRequirements}}
        {{^hasRequirements}}<p>Next, the requirements are written from it:</p><pre>{{command}}</pre>{{/hasRequirements}}
        {{#canWrite}}<form class="row" method="post" action="{{next}}"><input type="hidden" name="form_token" value="{{formToken}}">
        <button name="do" value="draft">{{#hasRequirements}}Write the requirements anew{{/hasRequirements}}\
        {{^hasRequirements}}Write the requirements{{/hasRequirements}}</button></form>{{/canWrite}}
        </section>{{/isComplete}}
        """

    static let interviewTopics = """
        <p class="faint">{{answered}} of {{askedCount}} questions have an answer.</p>
        <ul class="topics">{{#topics}}<li><span>{{title}}</span> {{#state}}{{>state}}{{/state}}
        <span class="faint">{{count}}</span></li>{{/topics}}</ul>
        """
}
