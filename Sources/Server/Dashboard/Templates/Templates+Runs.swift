extension Templates {
    static let runs = """
        {{<layout}}{{$content}}
        <h1>Runs</h1>
        {{>tabs}}
        {{#hasTrouble}}<p class="note warn">{{trouble}}</p>{{/hasTrouble}}
        {{#filters}}{{>runfilters}}{{/filters}}
        <form method="get" action="{{base}}/compare">
        <div id="live-runlist">{{>runlist}}</div></form>
        {{/content}}{{/layout}}
        """

    static let runFilters = """
        <form class="row" method="get" action="{{base}}/runs" aria-label="Which runs">
        <label for="f-text">Name has</label><input id="f-text" name="text" value="{{text}}" size="14">
        <label for="f-kind">Kind</label><input id="f-kind" name="kind" value="{{kind}}" size="10">
        <label for="f-status">Status</label><select id="f-status" name="status"><option value="">any</option>
        {{#states}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{value}}</option>{{/states}}</select>
        <label for="f-tag">Tag</label><input id="f-tag" name="tag" value="{{tag}}" size="10">
        <button>Show</button></form>
        """

    static let runList = """
        {{^anyRuns}}<p class="empty">{{#isFiltered}}No run is like that. <a href="{{base}}/runs">All runs</a>{{/isFiltered}}\
        {{^isFiltered}}No run was logged yet: a search logs one, and <code>neo log</code> another.{{/isFiltered}}</p>{{/anyRuns}}
        {{#anyRuns}}<p class="actions"><button>Compare those that are ticked</button> <a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Runs"><table>
        <thead><tr><th scope="col"><span class="hidden">Compare</span></th><th scope="col">Run</th><th scope="col">Kind</th>
        <th scope="col">Status</th><th scope="col">Began</th><th scope="col" class="n">Took</th>
        <th scope="col" class="n">Points</th><th scope="col">Tags</th></tr></thead><tbody>
        {{#runs}}<tr id="r-{{anchor}}"><td><input type="checkbox" name="run" value="{{id}}" aria-label="Compare {{runName}}"></td>
        <th scope="row" class="long"><a href="{{path}}">{{runName}}{{^runName}}{{id}}{{/runName}}</a><span class="sub">{{id}}</span></th>
        <td>{{kind}}</td><td>{{#state}}{{>state}}{{/state}}</td><td>{{#began}}{{>time}}{{/began}}</td>
        <td class="n">{{took}}</td><td class="n">{{points}}</td><td>{{tags}}</td></tr>
        {{/runs}}</tbody></table></div>{{/anyRuns}}
        {{#paging}}{{>paging}}{{/paging}}
        """

    static let latestRuns = """
        <div class="table" tabindex="0" role="region" aria-label="Latest runs"><table>
        <thead><tr><th scope="col">Run</th><th scope="col">Kind</th><th scope="col">Status</th><th scope="col">Began</th>
        <th scope="col" class="n">Took</th></tr></thead><tbody>
        {{#runs}}<tr id="r-{{anchor}}"><th scope="row" class="long"><a href="{{path}}">{{runName}}{{^runName}}{{id}}{{/runName}}</a></th>
        <td>{{kind}}</td><td>{{#state}}{{>state}}{{/state}}</td><td>{{#began}}{{>time}}{{/began}}</td>
        <td class="n">{{took}}</td></tr>
        {{/runs}}</tbody></table></div><p class="actions"><a href="{{base}}/runs">All runs</a></p>
        """

    static let paging = """
        <nav class="paging" aria-label="Pages of {{noun}}"><span>{{words}}</span>
        {{#hasPrevious}}<a href="{{previous}}" rel="prev">Previous {{noun}}</a>{{/hasPrevious}}
        {{#hasNext}}<a href="{{next}}" rel="next">Next {{noun}}</a>{{/hasNext}}</nav>
        """

    static let choices = """
        <nav class="choices" aria-label="How curves are drawn">{{#choices}}<ul><li><span>{{title}}</span></li>
        {{#links}}<li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>\
        <span class="hidden">{{title}}: </span>{{label}}</a></li>
        {{/links}}</ul>{{/choices}}</nav>
        """

    static let compare = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        {{^anyRuns}}<p class="empty">No run is chosen: tick some of the <a href="{{base}}/runs">runs</a>.</p>{{/anyRuns}}
        {{#tooMany}}<p class="note warn">Only the first 20 runs are compared.</p>{{/tooMany}}
        {{#anyRuns}}<div id="live-comparedruns">{{>comparedruns}}</div>
        <section aria-labelledby="curves"><h2 id="curves">Curves</h2>{{>choices}}
        <div id="live-runcharts">{{>runcharts}}</div></section>
        <section aria-labelledby="settings"><h2 id="settings">In what they differ</h2>
        {{^anyDifferences}}<p class="empty">Their configurations are the same.</p>{{/anyDifferences}}
        {{#anyDifferences}}<p class="actions"><a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Differences"><table>
        <thead><tr><th scope="col">Setting</th>{{#header}}<th scope="col">{{.}}</th>{{/header}}</tr></thead><tbody>
        {{#differences}}<tr><th scope="row">{{term}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/differences}}</tbody></table></div>{{/anyDifferences}}</section>{{/anyRuns}}
        {{/content}}{{/layout}}
        """

    static let comparedRuns = """
        <div class="table" tabindex="0" role="region" aria-label="Runs and their lines"><table>
        <thead><tr><th scope="col" class="n">Line</th><th scope="col">Look</th><th scope="col">Run</th><th scope="col">Kind</th>
        <th scope="col">Status</th><th scope="col">Began</th><th scope="col" class="n">Took</th></tr></thead><tbody>
        {{#runs}}<tr id="r-{{anchor}}"><td class="n">{{number}}</td><td class="sample">{{{sample}}}</td>
        <th scope="row" class="long"><a href="{{path}}">{{runName}}{{^runName}}{{id}}{{/runName}}</a><span class="sub">{{id}}</span></th>
        <td>{{kind}}</td><td>{{#state}}{{>state}}{{/state}}</td><td>{{#began}}{{>time}}{{/began}}</td><td class="n">{{took}}</td></tr>
        {{/runs}}</tbody></table></div>
        """
}
