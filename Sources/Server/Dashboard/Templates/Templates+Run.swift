extension Templates {
    static let run = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        <div id="live-runsummary">{{>runsummary}}</div>
        <div id="live-runalerts">{{>runalerts}}</div>
        <section aria-labelledby="curves"><h2 id="curves">Curves</h2>
        {{>choices}}{{#isOne}}<p><a href="{{here0}}">All curves of this run</a></p>{{/isOne}}
        <div id="live-runcharts">{{>runcharts}}</div></section>
        <div id="live-runparts">{{>runparts}}</div>
        <div id="live-runmetrics">{{>runmetrics}}</div>
        {{#anyCorrections}}<section aria-labelledby="corrections"><h2 id="corrections">Corrections</h2>
        <div class="table" tabindex="0" role="region" aria-label="Corrections"><table><thead><tr><th scope="col">Metric</th>
        <th scope="col" class="n">Step</th><th scope="col" class="n">Was</th><th scope="col" class="n">Is</th>
        <th scope="col">By</th><th scope="col">Why</th><th scope="col">When</th></tr></thead><tbody>
        {{#corrections}}<tr><th scope="row">{{metric}}</th><td class="n">{{step}}</td><td class="n">{{old}}</td>
        <td class="n">{{new}}</td><td>{{by}}</td><td class="long">{{reason}}</td><td>{{#when}}{{>time}}{{/when}}</td></tr>
        {{/corrections}}</tbody></table></div></section>{{/anyCorrections}}
        {{#anyConfiguration}}<section aria-labelledby="configuration"><h2 id="configuration">Configuration</h2>
        <dl class="facts">{{#configuration}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/configuration}}</dl></section>{{/anyConfiguration}}
        <section aria-labelledby="facts"><h2 id="facts">How it was made</h2>
        <dl class="facts">{{#summary}}{{#facts}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/facts}}{{/summary}}</dl></section>
        <div id="live-runentries">{{>runentries}}</div>
        <div id="live-runsystem">{{>runsystem}}</div>
        {{/content}}{{/layout}}
        """

    static let runSummary = """
        {{#summary}}<p class="lead">{{#state}}{{>state}}{{/state}} {{kind}}{{#began}}, begun {{>time}}{{/began}}, \
        {{#isRunning}}so far {{/isRunning}}{{took}}, {{points}} points{{#hasParent}}, a part of <a href="{{parentPath}}">{{parent}}</a>{{/hasParent}}</p>{{/summary}}
        {{#comparison}}<p class="actions"><a href="{{comparison}}">Compare with the one before</a></p>{{/comparison}}
        """

    static let runAlerts = """
        {{#anyAlerts}}<section aria-labelledby="alerts"><h2 id="alerts">Alerts</h2>
        <div class="table" tabindex="0" role="region" aria-label="Alerts"><table><thead><tr><th scope="col">Level</th>
        <th scope="col">What</th><th scope="col" class="n">Step</th><th scope="col">When</th><th scope="col">Seen</th></tr></thead><tbody>
        {{#alerts}}<tr id="alert-{{id}}"><td>{{#state}}{{>state}}{{/state}}</td><th scope="row" class="long">{{title}}
        <span class="sub">{{words}} {{rule}}</span></th><td class="n">{{step}}</td><td>{{#when}}{{>time}}{{/when}}</td>
        <td>{{#isSeen}}{{seen}}{{/isSeen}}{{^isSeen}}{{#canWrite}}<form method="post" action="{{base}}/alerts">
        <input type="hidden" name="form_token" value="{{formToken}}"><input type="hidden" name="alerts" value="{{id}}">
        <input type="hidden" name="author" value="{{author}}"><input type="hidden" name="next" value="{{here}}">
        <button>Seen<span class="hidden">: {{title}}</span></button></form>{{/canWrite}}{{/isSeen}}</td></tr>
        {{/alerts}}</tbody></table></div></section>{{/anyAlerts}}
        """

    static let runCharts = """
        <div class="charts">{{>charts}}</div>{{#paging}}{{>paging}}{{/paging}}
        """

    static let runMetrics = """
        {{#anyMetrics}}<section aria-labelledby="metrics"><h2 id="metrics">Metrics</h2>
        <p class="actions"><a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Metrics"><table><thead><tr><th scope="col">Metric</th>
        <th scope="col" class="n">Last</th><th scope="col" class="n">Least</th><th scope="col" class="n">Greatest</th>
        <th scope="col" class="n">Points</th></tr></thead><tbody>
        {{#metrics}}<tr><th scope="row"><a href="{{path}}">{{metric}}</a>{{#isSystem}} <span class="faint">machine</span>{{/isSystem}}</th>
        <td class="n">{{last}}</td><td class="n">{{least}}</td><td class="n">{{greatest}}</td><td class="n">{{count}}</td></tr>
        {{/metrics}}</tbody></table></div></section>{{/anyMetrics}}
        """

    static let runSystem = """
        {{#anySystem}}<section aria-labelledby="machine"><h2 id="machine">The machine meanwhile</h2>
        <div class="charts">{{#system}}{{>charts}}{{/system}}</div></section>{{/anySystem}}
        """

    static let runEntries = """
        {{#anyEntries}}<section aria-labelledby="entries"><h2 id="entries">Texts, tables and files, the latest first</h2>
        {{#isEntryLimit}}<p class="faint">The latest 200 are shown.</p>{{/isEntryLimit}}
        {{#entries}}<div class="entry"><h3>{{key}} <span class="faint">{{facts}}{{#when}}, {{>time}}{{/when}}</span></h3>
        {{#isImage}}<a href="{{file}}"><img src="{{file}}" alt="{{label}}" loading="lazy"></a>{{/isImage}}
        {{#isFile}}<p><a href="{{file}}" download>{{fileName}}</a></p>{{/isFile}}
        {{#isGone}}<p class="faint">The file itself is not kept any more.</p>{{/isGone}}
        {{#isText}}<pre tabindex="0">{{content}}</pre>{{/isText}}\
        {{#isCut}}<p class="faint">This is its beginning; the file has all.</p>{{/isCut}}
        {{#isTable}}<div class="table" tabindex="0" role="region" aria-label="{{key}}"><table><thead><tr>
        {{#header}}<th scope="col">{{.}}</th>{{/header}}</tr></thead><tbody>
        {{#rows}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{#hasMore}}<p class="faint">{{more}}</p>{{/hasMore}}{{/isTable}}</div>
        {{/entries}}</section>{{/anyEntries}}
        """

    static let runParts = """
        {{#anyParts}}<section aria-labelledby="parts"><h2 id="parts">Parts, with the last value of each metric</h2>
        {{#parts}}<p class="actions">{{#canCompare}}<a href="{{comparePath}}">{{compareWords}}</a> · {{/canCompare}}<a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Parts"><table><thead><tr><th scope="col">Part</th>
        <th scope="col">Status</th><th scope="col" class="n">Took</th>{{#header}}<th scope="col" class="n">{{.}}</th>{{/header}}</tr></thead><tbody>
        {{#rows}}<tr id="part-{{anchor}}"><th scope="row"><a href="{{path}}">{{runName}}{{^runName}}{{id}}{{/runName}}</a></th>
        <td>{{#state}}{{>state}}{{/state}}</td><td class="n">{{took}}</td>{{#cells}}<td class="n">{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{#paging}}{{>paging}}{{/paging}}{{/parts}}</section>{{/anyParts}}
        """
}
