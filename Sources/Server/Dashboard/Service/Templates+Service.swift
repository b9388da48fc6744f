extension Templates {
    static let service = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        <p class="lead">A service watches itself: it notes how each question ended, compares what comes in with what came before, \
        asks golden questions again and again, and says when something needs a look. Here is what it has found in the last month.</p>
        <section aria-labelledby="alerts"><h2 id="alerts">Alerts</h2><div id="live-servicealerts">{{>servicealerts}}</div></section>
        <section aria-labelledby="traffic"><h2 id="traffic">What came in</h2>
        <div id="live-servicewindows">{{>servicewindows}}</div><div id="live-servicedays">{{>servicedays}}</div></section>
        <section aria-labelledby="drift"><h2 id="drift">Drift: whether questions have changed</h2>
        <div id="live-servicedrift">{{>servicedrift}}</div></section>
        <section aria-labelledby="probes"><h2 id="probes">Golden questions that are asked again and again</h2>
        <div id="live-serviceprobes">{{>serviceprobes}}</div></section>
        <section aria-labelledby="documents"><h2 id="documents">Documents that change</h2>
        <div id="live-servicedocuments">{{>servicedocuments}}</div></section>
        {{/content}}{{/layout}}
        """

    static let serviceAlerts = """
        {{^hasRecords}}<p class="empty">Nothing was served here yet: <code>neo serve {{folder}}</code> begins, and watches itself.\
        {{#isOff}} neo.yaml says <code>monitoring: false</code>, so nothing is kept.{{/isOff}}</p>{{/hasRecords}}
        {{#hasRecords}}<h3>Open</h3>
        {{^anyOpen}}<p class="empty">No alert is open.</p>{{/anyOpen}}
        {{#anyOpen}}<ol class="history">{{#open}}{{>servicealert}}{{/open}}</ol>{{/anyOpen}}
        <h3>Over</h3>
        {{^anyPast}}<p class="empty">None was there yet.</p>{{/anyPast}}
        {{#anyPast}}<p class="actions"><a href="{{base}}/service/alerts.csv">As CSV</a></p>
        <ol class="history">{{#past}}{{>servicealert}}{{/past}}</ol>{{/anyPast}}{{/hasRecords}}
        """

    static let serviceAlert = """
        <li id="alert-{{id}}"><h4><a href="#alert-{{id}}">{{title}}</a> {{#state}}{{>state}}{{/state}}</h4>
        <p class="faint">Alert {{id}}, rule {{rule}}, {{severity}}. Began {{#began}}{{>time}}{{/began}}{{#fired}}, fired {{>time}}\
        {{/fired}}{{#ended}}, ended {{>time}}{{/ended}}.{{#seenBy}} Seen by {{seenBy}}.{{/seenBy}}</p>
        {{#hasCommand}}<pre tabindex="0" aria-label="What to run for alert {{id}}">{{command}}</pre>{{/hasCommand}}
        {{#anyTold}}<ul>{{#told}}<li>{{channel}}: {{words}}{{#failure}} <span class="sub">{{failure}}</span>{{/failure}}</li>{{/told}}</ul>\
        {{/anyTold}}{{^anyTold}}<p class="faint">{{untold}}</p>{{/anyTold}}
        {{#anyEvidence}}<details id="evidence-{{id}}"><summary>Evidence<span class="hidden"> of alert {{id}}</span></summary>
        <dl class="facts">{{#evidence}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/evidence}}</dl></details>{{/anyEvidence}}
        {{#canBeSeen}}{{#canWrite}}<form method="post" action="{{base}}/alert-seen"><input type="hidden" name="form_token" \
        value="{{formToken}}"><input type="hidden" name="alert" value="{{id}}"><input type="hidden" name="author" value="{{author}}">\
        <input type="hidden" name="next" value="{{here}}"><button>Seen<span class="hidden">: alert {{id}}</span></button></form>\
        {{/canWrite}}{{/canBeSeen}}</li>
        """

    static let serviceWindows = """
        {{^hasRecords}}<p class="empty">There are no figures before something was served.</p>{{/hasRecords}}
        {{#windows}}<div class="table" tabindex="0" role="region" aria-label="What came in lately"><table><thead><tr>
        <th scope="col">What</th><th scope="col" class="n">Last hour</th><th scope="col" class="n">Last day</th>
        <th scope="col" class="n">Last week</th></tr></thead><tbody>
        {{#rows}}<tr><th scope="row">{{name}}</th>{{#cells}}<td class="n">{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>
        <p class="faint">With Wilson's 95 % intervals. What was malformed, and clients who left, are not counted.</p>{{/windows}}
        """

    static let serviceDays = """
        {{#hasRecords}}<h3>By day and release</h3>
        {{^anyDays}}<p class="empty">No client has asked anything in the last 30 days.</p>{{/anyDays}}
        {{#anyDays}}<p class="actions"><a href="{{base}}/service/days.csv">As CSV</a></p>
        <div class="charts"><figure id="chart-days"><figcaption>Requests by day</figcaption>
        <div class="drawing" tabindex="0" role="group" aria-label="Requests by day">{{{daysSVG}}}</div>
        <p class="faint">{{daysWords}}</p></figure></div>
        <div class="table" tabindex="0" role="region" aria-label="Requests by day and release"><table><thead><tr>
        <th scope="col">Day (UTC)</th><th scope="col" class="n">Release</th><th scope="col" class="n">Requests</th>
        <th scope="col" class="n">Failed</th><th scope="col" class="n">Without an answer</th>
        <th scope="col" class="n">Mean time</th></tr></thead><tbody>
        {{#days}}<tr><th scope="row">{{day}}</th><td class="n">{{release}}</td><td class="n">{{requests}}</td>
        <td class="n">{{failed}}</td><td class="n">{{abstained}}</td><td class="n">{{mean}}</td></tr>
        {{/days}}</tbody></table></div>{{/anyDays}}{{/hasRecords}}
        """

    static let serviceDrift = """
        {{^anyDrift}}<p class="empty">Nothing was compared yet. It takes 30 questions of users, and 30 golden ones, or 30 of the \
        month before.</p>{{/anyDrift}}
        {{#anyDrift}}<p>Questions of the last day, or week, beside the golden questions and those of the month before\
        {{#driftAt}}; measured {{>time}}{{/driftAt}}. What has drifted by more than chance raises an alert.</p>
        <p class="actions"><a href="{{base}}/service/drift.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Drift"><table><thead><tr><th scope="col">What</th>
        <th scope="col">Compared with</th><th scope="col">Measure</th><th scope="col" class="n">Value</th>
        <th scope="col" class="n">Counts from</th><th scope="col" class="n">p</th><th scope="col" class="n">Now and then</th>
        <th scope="col">Verdict</th><th scope="col">What tells them apart</th></tr></thead><tbody>
        {{#drift}}<tr><th scope="row">{{feature}}<span class="sub">{{words}}</span></th><td>{{reference}}</td><td>{{measure}}</td>
        <td class="n">{{value}}</td><td class="n">{{threshold}}</td><td class="n">{{p}}</td><td class="n">{{counts}}</td>
        <td>{{#state}}{{>state}}{{/state}}</td><td class="long">{{detail}}</td></tr>
        {{/drift}}</tbody></table></div>
        <details id="looks"><summary>Earlier comparisons</summary><div class="table" tabindex="0" role="region" \
        aria-label="Earlier comparisons"><table><thead><tr><th scope="col">When</th><th scope="col" class="n">Figures</th>
        <th scope="col" class="n">Drifted</th><th scope="col">Verdict</th></tr></thead><tbody>
        {{#looks}}<tr><th scope="row">{{#at}}{{>time}}{{/at}}</th><td class="n">{{measured}}</td><td class="n">{{drifted}}</td>
        <td>{{#state}}{{>state}}{{/state}}</td></tr>{{/looks}}</tbody></table></div></details>{{/anyDrift}}
        """

    static let serviceProbes = """
        {{#heartbeat}}<p>{{words}} Last: {{#state}}{{>state}}{{/state}} {{detail}}{{#at}}, {{>time}}{{/at}}.</p>{{/heartbeat}}
        {{^anyProbes}}<p class="empty">None was asked yet: <code>neo serve</code> asks some of the golden questions every quarter of an \
        hour.</p>{{/anyProbes}}
        {{#anyProbes}}<p>Each is held to what it found when the release was first asked. Those that failed last stand first.</p>
        <p class="actions"><a href="{{base}}/service/probes.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Golden questions"><table><thead><tr><th scope="col">Question</th>
        <th scope="col">Last time</th><th scope="col" class="n">Found its evidence</th><th scope="col">What was found</th>
        <th scope="col">Asked last</th></tr></thead><tbody>
        {{#probes}}<tr id="probe-{{anchor}}"><th scope="row" class="long"><a href="{{path}}">{{name}}</a><span class="sub">{{words}}</span></th>
        <td>{{#state}}{{>state}}{{/state}}</td><td class="n">{{passed}}</td><td class="long">{{detail}}</td>
        <td>{{#at}}{{>time}}{{/at}}</td></tr>
        {{/probes}}</tbody></table></div>{{#moreProbes}}<p class="faint">{{moreProbes}}</p>{{/moreProbes}}{{/anyProbes}}
        """

    static let serviceDocuments = """
        {{^documents}}<p class="empty">No service has looked at the documents' files yet: <code>neo serve {{folder}}</code> does, every \
        minute, and makes the index anew when they change.</p>{{/documents}}
        {{#documents}}<p>{{watched}} files are followed. When one changes, the index is made anew beside the old one, and the golden \
        questions that stand on it are asked again. A release keeps the documents that it was made of: there it takes a newer one.</p>
        {{^anyChanged}}<p class="empty">No golden question misses its evidence because a document changed.</p>{{/anyChanged}}
        {{#anyChanged}}<p>Changed or gone{{#seen}}, seen {{>time}}{{/seen}}:</p><ul>{{#changed}}<li>{{.}}</li>{{/changed}}</ul>{{/anyChanged}}
        {{#anyQuestions}}<p>Golden questions that have not found their evidence again; look whether they are still right:</p>
        <ul>{{#questions}}<li><a href="{{path}}">{{name}}</a></li>{{/questions}}</ul>{{/anyQuestions}}{{/documents}}
        """
}
