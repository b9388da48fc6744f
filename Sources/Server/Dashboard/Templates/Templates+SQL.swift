extension Templates {
    static let sql = """
        {{<layout}}{{$content}}
        <h1>SQL</h1>
        {{>tabs}}
        <form class="stack query" method="get" action="{{base}}/sql">
        <label for="sql">Query: one SELECT in DuckDB’s SQL over what this project has on record</label>
        <textarea id="sql" name="sql" rows="6" maxlength="{{longest}}" spellcheck="false" autocapitalize="off" \
        autocomplete="off" required>{{sql}}</textarea>
        <button class="primary">Run</button></form>
        <p class="faint">It changes nothing and is ended after {{seconds}} s; <code>neo query</code> gives it longer.</p>
        {{#isForeign}}<p class="note warn" role="alert">! This query came by a link of another site, so it was not run. \
        Look at it, then press Run.</p>{{/isForeign}}
        {{#hasTrouble}}<p class="note bad" role="alert">✕ {{trouble}}</p>{{/hasTrouble}}
        {{#result}}<section aria-labelledby="result"><h2 id="result">Result</h2>
        <p class="actions"><a href="{{csv}}">As CSV</a> · <a href="{{json}}">As JSON</a></p>
        <div class="table" tabindex="0" role="region" aria-labelledby="result"><table><caption>{{words}}</caption><thead><tr>
        {{#header}}<th scope="col"{{#isNumber}} class="n"{{/isNumber}}>{{column}} <span class="sub">{{type}}</span></th>{{/header}}\
        </tr></thead><tbody>
        {{#rows}}<tr>{{#cells}}<td{{#isNumber}} class="n"{{/isNumber}}{{#isLong}} class="long"{{/isLong}}\
        {{#isShort}} class="fig"{{/isShort}}>\
        {{#isNull}}<span class="faint">NULL</span>{{/isNull}}{{^isNull}}{{text}}{{/isNull}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div></section>{{/result}}
        <section aria-labelledby="examples"><h2 id="examples">Examples</h2>
        <ul>{{#examples}}<li><a href="{{path}}">{{words}}</a></li>{{/examples}}</ul></section>
        <section aria-labelledby="views"><h2 id="views">Tables and their columns</h2>
        <p class="faint">Columns without a type are texts (VARCHAR); times are UTC.</p>
        <dl class="facts">{{#views}}<div><dt><a href="{{path}}"><code>{{view}}</code></a></dt>
        <dd class="columns-of">{{#columns}}<span><code>{{column}}</code> <span class="faint">{{type}}</span></span> {{/columns}}</dd></div>
        {{/views}}</dl></section>
        {{/content}}{{/layout}}
        """
}
