extension Templates {
    static let levels = """
        {{#opened}}<details class="opened" id="opened"><summary>Opened for: <strong>{{title}}</strong> {{#isChosen}}(set by you){{/isChosen}}\
        {{^isChosen}}(estimated from what you open and write){{/isChosen}} · change</summary>
        <p>Where a document says something for readers of three levels, this one is open first. The others stay one click away.</p>
        {{#canWrite}}<form class="row" method="post" action="/level"><input type="hidden" name="form_token" value="{{formToken}}">
        <input type="hidden" name="next" value="{{back}}">{{#choices}}<button name="level" value="{{value}}"\
        {{#isCurrent}} class="primary" aria-current="true"{{/isCurrent}}>{{name}}</button>{{/choices}}</form>{{/canWrite}}
        </details>{{/opened}}
        """
}
