extension Templates {
    static let comments = """
        {{#any}}<ul class="comments">{{#list}}{{>comment}}{{/list}}</ul>{{/any}}
        {{#canWrite}}<details class="say" id="say-{{key}}"><summary>{{count}}<span class="hidden"> on {{quote}}</span></summary>
        <form class="stack" method="post" action="{{base}}/comments">
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="kind" value="{{kind}}">
        <input type="hidden" name="target" value="{{target}}"><input type="hidden" name="quote" value="{{quote}}">
        <input type="hidden" name="next" value="{{next}}">
        <label for="text-{{key}}">Comment</label><textarea id="text-{{key}}" name="text" rows="3" maxlength="10000" required></textarea>
        <label for="author-{{key}}">Your name</label><input id="author-{{key}}" name="author" value="{{author}}" maxlength="100" required>
        <button>Add the comment</button></form></details>{{/canWrite}}
        """

    static let comment = """
        <li id="comment-{{number}}"><p class="said">{{said}}</p>
        <p class="faint">{{by}}{{#when}}, {{>time}}{{/when}} · on <a href="{{place}}">{{about}}</a>\
        {{#hasWords}}: “{{words}}”{{/hasWords}}</p>
        {{#canWrite}}<form method="post" action="{{where}}/resolve"><input type="hidden" name="form_token" value="{{formToken}}">
        <input type="hidden" name="comment" value="{{number}}"><input type="hidden" name="next" value="{{back}}">
        <button class="quiet">Settled<span class="hidden">: comment {{number}}</span></button></form>{{/canWrite}}</li>
        """

    static let document = """
        {{<layout}}{{$content}}
        <h1>{{fileName}}</h1>
        {{>tabs}}
        {{#isSaved}}<p class="note" role="status">✓ Saved. {{fileName}} {{^isApproved}}waits for approval as it is now.{{/isApproved}}\
        {{#isApproved}}is as it was approved.{{/isApproved}}</p>{{/isSaved}}
        <section class="approval" aria-labelledby="approval"><h2 id="approval">Approval</h2>
        <p>{{#state}}{{>state}}{{/state}} as it is now, <code>{{shortHash}}</code>{{#changed}}, changed {{>time}}{{/changed}}</p>
        {{#anyChanges}}<div class="note warn" id="changes"><p>! Changed since it was approved:</p>
        <ul>{{#changes}}<li><code>{{.}}</code></li>{{/changes}}</ul></div>{{/anyChanges}}
        {{#basis}}<div class="note warn" id="basis"><p>! {{sentence}} Since then:</p>
        <ul>{{#lines}}<li><code>{{.}}</code></li>{{/lines}}</ul><p>{{remedy}}</p></div>{{/basis}}
        {{#anyFindings}}<div class="note warn" id="findings"><p>! To be mended (<code>neo spec check</code>):</p>
        <ul>{{#findings}}<li>{{.}}</li>{{/findings}}</ul></div>{{/anyFindings}}
        {{^isApproved}}{{#canWrite}}<form class="row" method="post" action="{{base}}/approvals">
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="document" value="{{document}}">
        <input type="hidden" name="hash" value="{{hash}}"><input type="hidden" name="next" value="{{next}}">
        <label for="who">Your name</label><input id="who" name="author" value="{{author}}" maxlength="100" required>
        <button class="primary">Approve {{fileName}}</button></form>{{/canWrite}}{{/isApproved}}
        {{#anyApprovals}}<div class="table" tabindex="0" role="region" aria-label="Approvals"><table><thead><tr>
        <th scope="col">Content</th><th scope="col">Approved by</th><th scope="col">When</th><th scope="col">How</th></tr></thead>
        <tbody>{{#approvals}}<tr><td><code>{{of}}</code>{{#isThis}} (as it is now){{/isThis}}</td><td>{{who}}</td>
        <td>{{#when}}{{>time}}{{/when}}</td><td>{{how}}</td></tr>{{/approvals}}</tbody></table></div>{{/anyApprovals}}</section>
        <section aria-labelledby="text"><h2 id="text">The document, line by line</h2>
        {{#hasPicture}}<p class="entry"><img src="{{base}}/design.svg" alt="The parts of the system and what flows between them, \
        as it was drawn up"></p>{{/hasPicture}}
        {{#canWrite}}<p class="actions"><a href="{{next}}?edit=all">Edit all of it</a></p>{{/canWrite}}
        {{>levels}}<div class="review">
        {{#blocks}}{{#isLevel}}<details class="level" id="{{key}}" data-level="{{level}}"{{#isOpen}} open{{/isOpen}}><summary>\
        {{title}}{{#talk}} <span class="talk">· {{.}}</span>{{/talk}}</summary>{{/isLevel}}
        {{#lines}}{{^isBlank}}<div class="line {{class}}" id="line-{{number}}">
        <a class="at" href="#line-{{number}}" aria-label="Line {{number}}">{{number}}</a>
        <div class="words">{{#isHeading}}<h3 class="level{{level}}">{{words}}</h3>{{/isHeading}}\
        {{#isTask}}<p>{{look}} {{words}}</p>{{/isTask}}{{#isOther}}<p>{{words}}</p>{{/isOther}}</div>
        <div class="aside">{{#comments}}{{>comments}}{{/comments}}{{#canWrite}}{{#canEdit}}<a class="edit" \
        href="{{edit}}">Edit<span class="hidden"> from line {{number}}</span></a>{{/canEdit}}{{/canWrite}}</div></div>
        {{/isBlank}}{{/lines}}{{#isLevel}}</details>{{/isLevel}}{{/blocks}}</div></section>
        {{/content}}{{/layout}}
        """

    static let golden = """
        {{<layout}}{{$content}}
        <h1>Golden questions</h1>
        {{>tabs}}
        {{^hasFile}}<p class="empty">There is no {{file}} yet.</p>{{/hasFile}}
        {{#hasFile}}<p class="lead">{{count}} questions in {{file}}, {{unanswerable}} of them without an answer in the documents.
        <a href="{{base}}/golden/questions.csv">CSV</a></p>{{/hasFile}}
        {{#proposed}}<p class="note">○ Proposed questions that wait for a decision: {{.}}. <a href="{{review}}">Decide of them</a></p>{{/proposed}}
        {{^proposed}}<p><a href="{{review}}">Propose questions from the documents</a></p>{{/proposed}}
        {{#anyFindings}}<div class="note warn"><p>! The rows need a look; <code>neo check</code> also reads the documents.</p>
        <ul>{{#findings}}<li>{{.}}</li>{{/findings}}</ul></div>{{/anyFindings}}
        {{#rows}}<article class="card" id="q-{{anchor}}" aria-labelledby="t-{{anchor}}">
        <h2 id="t-{{anchor}}">{{text}}</h2>
        <p class="faint"><a href="#q-{{anchor}}">{{name}}</a> · line {{line}}{{#hasType}} · {{type}}{{/hasType}}\
        {{#isHeldOut}} · held out{{/isHeldOut}} · winner {{score}}</p>
        {{#answerable}}<ul>{{#answers}}<li>{{.}}</li>{{/answers}}</ul>{{/answerable}}
        {{^answerable}}<p>○ The documents do not answer it.</p>{{/answerable}}
        {{#evidence}}<blockquote><p>{{quote}}</p><footer>{{document}}</footer></blockquote>{{/evidence}}
        {{#canWrite}}<details class="say" id="edit-{{anchor}}"><summary>Edit<span class="hidden"> {{text}}</span></summary>
        <form class="stack" method="post" action="{{base}}/golden">
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="id" value="{{name}}">
        <input type="hidden" name="seen" value="{{seen}}"><input type="hidden" name="next" value="{{next}}">
        <label for="eq-{{anchor}}">Question</label><textarea id="eq-{{anchor}}" name="question" rows="2" required>{{text}}</textarea>
        <label for="ea-{{anchor}}">Answers, one a line</label><textarea id="ea-{{anchor}}" name="answers" rows="3">{{answerLines}}</textarea>
        <label for="et-{{anchor}}">Type</label><input id="et-{{anchor}}" name="type" value="{{type}}">
        <label class="check"><input type="checkbox" name="answerable" value="1"{{#answerable}} checked{{/answerable}}>
        The documents answer it</label>
        <button>Save</button></form></details>{{/canWrite}}
        {{#comments}}{{>comments}}{{/comments}}</article>
        {{/rows}}
        {{#hasPages}}<nav class="pages" aria-label="Pages of questions"><ul>{{#pages}}<li><a href="{{path}}"\
        {{#isCurrent}} aria-current="page"{{/isCurrent}}>{{label}}</a></li>{{/pages}}</ul></nav>{{/hasPages}}
        {{/content}}{{/layout}}
        """
}
