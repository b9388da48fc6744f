extension Templates {
    // A browser drops a line feed right after <textarea> and <pre>; without one there, it would drop the text's own.
    static let documentEdit = """
        {{<layout}}{{$content}}
        <h1>Edit {{fileName}}</h1>
        {{>tabs}}
        {{#isRefused}}<div class="note bad" role="alert"><p>✕ {{refusal}}</p>
        <p>Your text is below.{{#hasMoved}} The lines are as you saw them: {{lines}}.{{/hasMoved}}\
        {{#isReplaced}} Others stand there now; saving takes their place.{{/isReplaced}}</p></div>{{/isRefused}}
        {{#isReplaced}}<h2 id="now">{{lines}}, as it is now</h2><pre tabindex="0" aria-labelledby="now" role="region">
        {{now}}</pre><h2>Your text</h2>{{/isReplaced}}
        {{#isTooLong}}<p class="note warn">! {{lines}}: too long for a form. Open the file in an editor.</p>{{/isTooLong}}
        {{#canWrite}}{{#canSave}}
        {{#leavesOut}}<p class="note warn">! Characters that cannot be seen are in here, such as marks that turn the direction of
        a text. They are not in the form, and saving leaves them out.</p>{{/leavesOut}}
        <form class="stack query" method="post" action="{{action}}"{{#isRefused}} data-unsaved="1"{{/isRefused}}>
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="edit" value="{{edit}}">
        <input type="hidden" name="seen" value="{{seen}}"><input type="hidden" name="was" value="{{was}}">
        <label for="words">{{lines}}, in Markdown</label>
        <textarea id="words" name="text" rows="{{rows}}" aria-describedby="hint">
        {{words}}</textarea>
        <p class="faint" id="hint">Only these lines of the file change. Without a text they are taken out. An approval is for what
        the file said, so it waits for approval again.</p>
        <p class="row"><button class="primary">{{button}}</button> <a href="{{action}}">Leave it as it is</a></p></form>
        {{/canSave}}{{/canWrite}}
        {{#isKept}}<div class="stack query"><label for="kept">Your text, which is in no file</label>
        <textarea id="kept" rows="{{rows}}" readonly>
        {{words}}</textarea></div>{{/isKept}}
        {{/content}}{{/layout}}
        """
}
