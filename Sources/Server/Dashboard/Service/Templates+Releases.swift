extension Templates {
    static let releases = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        <p class="lead">A release is all that a service answers from (settings, documents, index), frozen in a folder. Before one gets \
        all of the traffic, a gate compares it with the one in service. Here is every step of that, with what the gate found; \
        the steps themselves are taken at a terminal.</p>
        <section aria-labelledby="now"><h2 id="now">Now</h2><div id="live-releasesnow">{{>releasesnow}}</div></section>
        <section aria-labelledby="all"><h2 id="all">Releases</h2><div id="live-releaselist">{{>releaselist}}</div></section>
        <section aria-labelledby="history"><h2 id="history">What became of them</h2>
        <div id="live-releasesteps">{{>releasesteps}}</div></section>
        {{/content}}{{/layout}}
        """

    static let releasesNow = """
        {{^live}}<p class="empty">No release is in service. {{#anyReleases}}One is put there with <code>neo release promote latest \
        {{folder}}</code>.{{/anyReleases}}</p>{{/live}}
        {{#live}}<dl class="figures">
        <div><dt>In service</dt><dd><b><a href="#release-{{live}}">Release {{live}}</a></b></dd></div>
        <div><dt>Tried beside it</dt><dd>{{#candidate}}<b><a href="#release-{{candidate}}">Release {{candidate}}</a></b> {{trial}}\
        {{/candidate}}{{^candidate}}<b>none</b>{{/candidate}}</dd></div>
        <div><dt>A rollback goes back to</dt><dd>{{#candidate}}<b>Release {{live}}</b> alone{{/candidate}}\
        {{^candidate}}{{#previous}}<b><a href="#release-{{previous}}">Release {{previous}}</a></b>{{/previous}}\
        {{^previous}}<b>nothing</b>{{/previous}}{{/candidate}}</dd></div>
        </dl>
        <p class="faint">{{#canGoBack}}To go back: <code>neo release rollback {{folder}} --because "why"</code>. {{/canGoBack}}To try the latest: \
        <code>neo release promote latest {{folder}} --stage canary</code>.</p>{{/live}}
        """

    static let releaseList = """
        {{^anyReleases}}<p class="empty">There is no release yet. After a search, <code>neo release build {{folder}}</code> makes one.</p>\
        {{/anyReleases}}
        {{#anyReleases}}<p class="actions"><a href="{{base}}/releases/releases.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Releases"><table><thead><tr><th scope="col">Release</th>
        <th scope="col">State</th><th scope="col">Made</th><th scope="col" class="n">Score when found</th>
        <th scope="col">95 % interval</th><th scope="col" class="n">Documents</th>
        <th scope="col">Last step</th></tr></thead><tbody>
        {{#releases}}<tr id="release-{{number}}"><th scope="row"><a href="#release-{{number}}">{{number}}</a>\
        <span class="sub">{{hash}}</span></th>
        <td>{{#state}}{{>state}}{{/state}}{{#trouble}}<span class="sub bad">✕ {{trouble}}</span>{{/trouble}}</td>
        <td>{{#created}}{{>time}}{{/created}}</td>
        <td class="n">{{#score}}{{value}}{{/score}}{{^score}}–{{/score}}</td>
        <td class="fig">{{#score}}{{interval}} <span class="faint">{{metric}}</span>{{/score}}<span class="sub">{{asked}}</span></td>
        <td class="n">{{documents}}</td>
        <td class="long">{{#last}}<a href="#{{anchor}}">{{words}}</a>{{/last}}{{^last}}none{{/last}}</td></tr>
        {{/releases}}</tbody></table></div>
        <p class="faint">“live” answers, “previous” is what a rollback goes back to, “replaced” was live once, “built” never was.</p>\
        {{/anyReleases}}
        """

    static let releaseSteps = """
        {{^anySteps}}<p class="empty">No step was asked for yet: <code>neo release promote 1 {{folder}}</code> puts the first release \
        into service.</p>{{/anySteps}}
        {{#anySteps}}<p class="actions"><a href="{{base}}/releases/steps.csv">As CSV</a></p>
        <ol class="history" reversed>
        {{#steps}}<li id="step-{{id}}"><h3><a href="#step-{{id}}">{{heading}}</a> {{#state}}{{>state}}{{/state}}</h3>
        <p class="faint">Step {{id}}, by {{who}}{{#at}}, {{>time}}{{/at}}</p>
        {{#why}}<blockquote><p>{{why}}</p><footer>{{whyWords}}</footer></blockquote>{{/why}}
        {{#isUnread}}<p class="note warn">! What the gate found was written by another version, and cannot be read.</p>{{/isUnread}}
        {{#gate}}<p><b>{{sentence}}</b></p>
        {{#isCompared}}<dl class="figures">
        <div><dt>Release {{release}}, {{objective}}</dt><dd>{{#candidateScore}}<b>{{value}}</b> <span>{{interval}}</span>{{/candidateScore}}</dd></div>
        <div><dt>Release {{incumbent}}, in service then</dt><dd>{{#incumbentScore}}<b>{{value}}</b> <span>{{interval}}</span>{{/incumbentScore}}</dd></div>
        <div><dt>Difference, question by question</dt><dd>{{#difference}}<b>{{value}}</b> <span>{{interval}}</span>{{/difference}}</dd></div>
        <div><dt>So much worse it may be</dt><dd><b>{{margin}}</b></dd></div></dl>
        <p class="faint">On {{asked}}; intervals of 95 %. The margin: {{marginSource}}. {{openings}}</p>
        {{#hasSVG}}<details id="drawing-{{id}}"><summary>Drawn<span class="hidden">: the difference of step {{id}}</span></summary>
        <div class="drawing" tabindex="0" role="group" aria-label="The difference of step {{id}}">{{{svg}}}</div>
        <p class="faint">Left of “worse” it is worse than the margin allows; the line is the interval.</p></details>{{/hasSVG}}{{/isCompared}}
        {{#isWorn}}<p class="note warn">! That is often: who chooses by the same questions again and again fits the system to them. \
        Write fresh questions with the split held-out, and search again.</p>{{/isWorn}}
        {{#anyConstraints}}<div class="table" tabindex="0" role="region" aria-label="Constraints at step {{id}}"><table><thead><tr>
        <th scope="col">Constraint</th><th scope="col">Measured for the gate</th><th scope="col">State</th></tr></thead><tbody>
        {{#constraints}}<tr><th scope="row">{{constraint}}</th><td>{{measured}}</td><td>{{#state}}{{>state}}{{/state}}</td></tr>
        {{/constraints}}</tbody></table></div>{{/anyConstraints}}
        {{#anyNotes}}<ul>{{#notes}}<li>{{.}}</li>{{/notes}}</ul>{{/anyNotes}}{{/gate}}
        {{#anyCounted}}<dl class="facts">{{#counted}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/counted}}</dl>{{/anyCounted}}
        {{#command}}<p>The gate cannot tell, so a person may decide, with a reason that is kept with the name:</p>
        <pre tabindex="0" aria-label="How to decide">{{command}}</pre>{{/command}}</li>
        {{/steps}}</ol>{{#moreSteps}}<p class="faint">{{moreSteps}}</p>{{/moreSteps}}{{/anySteps}}
        """

    static let serviceGlance = """
        {{#glance}}<dl class="figures">
        <div><dt>In service</dt><dd><b><a href="{{base}}/releases">{{release}}</a></b> <span>{{beside}}</span></dd></div>
        <div><dt>Alerts</dt><dd><b><a href="{{base}}/service">{{alerts}}</a></b></dd></div>
        <div><dt>What people say</dt><dd><b><a href="{{base}}/feedback">Feedback</a></b></dd></div></dl>{{/glance}}
        """
}
