extension Templates {
    static let study = """
        {{<layout}}{{$content}}
        <h1>Study <code>{{short}}</code></h1>
        {{>tabs}}
        <div id="live-studysummary">{{>studysummary}}</div>
        {{#hasRun}}<p><a href="{{runPath}}">The search as a run</a>: its curves, the machine's figures, alerts</p>{{/hasRun}}
        <section aria-labelledby="pictures"><h2 id="pictures">Pictures</h2>
        <div id="live-studycharts">{{>studycharts}}</div></section>
        <section aria-labelledby="trials"><h2 id="trials">Trials</h2>
        <p class="actions"><a href="{{base}}/trials.csv">Trials as CSV</a></p>
        <div id="live-trials">{{>trials}}</div></section>
        <section aria-labelledby="failures"><h2 id="failures">Failures</h2>
        <div id="live-failures">{{>failures}}</div></section>
        <section aria-labelledby="questions"><h2 id="questions">Questions, the worst first</h2>
        {{#anyQuestions}}<div class="table" tabindex="0" role="region" aria-label="Questions"><table>
        <thead><tr><th scope="col">Question</th><th scope="col" class="n">Winner</th><th scope="col" class="n">Default</th>
        <th scope="col">Type</th><th scope="col">Id</th></tr></thead><tbody>
        {{#questions}}<tr id="q-{{anchor}}"><th scope="row" class="long"><a href="{{path}}">{{question}}</a></th>
        <td class="n">{{score}}</td><td class="n">{{baseline}}</td><td>{{type}}</td><td class="faint">{{name}}</td></tr>
        {{/questions}}</tbody></table></div>{{/anyQuestions}}</section>
        {{/content}}{{/layout}}
        """

    static let studySummary = """
        {{#summary}}<p class="lead">{{#state}}{{>state}}{{/state}} {{purpose}} by {{sampler}} for {{metric}}\
        {{#created}}, begun {{>time}}{{/created}}</p>
        <dl class="figures">
        <div><dt>Best{{^isFinal}} so far{{/isFinal}}, trial {{bestNumber}}</dt>
        <dd><b>{{#best}}{{value}}{{/best}}{{^best}}–{{/best}}</b> <span>{{#best}}{{interval}}{{/best}}</span></dd></div>
        <div><dt>Trials</dt><dd><b>{{count}}</b> <span>{{complete}} complete, {{stopped}} stopped, {{failed}} failed</span></dd></div>
        <div><dt>Measurements</dt><dd><b>{{measured}}</b> <span>{{running}} trials under way</span></dd></div>
        </dl>{{/summary}}
        """

    static let studyCharts = """
        <div class="charts">{{>charts}}</div>{{#importanceNote}}<p class="faint">{{importanceNote}}</p>{{/importanceNote}}
        """

    static let charts = """
        {{#charts}}<figure id="chart-{{id}}"><figcaption>{{caption}}</figcaption>
        <div class="drawing" tabindex="0" role="group" aria-label="{{caption}}">{{{svg}}}</div>
        <p class="faint">{{description}} <a href="{{csv}}">CSV<span class="hidden"> of {{caption}}</span></a></p>
        <details id="data-{{id}}"><summary>Data as a table<span class="hidden"> of {{caption}}</span></summary>
        <div class="table" tabindex="0" role="region" aria-label="Data of {{caption}}"><table><thead><tr>
        {{#header}}<th scope="col">{{.}}</th>{{/header}}</tr></thead><tbody>
        {{#rows}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{#hasMore}}<p>{{more}}</p>{{/hasMore}}</details></figure>
        {{/charts}}{{^charts}}<p class="empty">There is nothing to draw.</p>{{/charts}}
        """

    static let trials = """
        {{^anyTrials}}<p class="empty">No trial has begun.</p>{{/anyTrials}}
        {{#anyTrials}}<div class="table" tabindex="0" role="region" aria-label="Trials"><table>
        <thead><tr><th scope="col" class="n">Trial</th><th scope="col">State</th><th scope="col" class="n">{{metric}}</th>
        <th scope="col">95 % interval</th><th scope="col" class="n">Questions</th><th scope="col" class="n">Failures</th>
        <th scope="col" class="n">Seconds</th><th scope="col">Configuration</th></tr></thead><tbody>
        {{#trials}}<tr id="trial-{{number}}"{{#isMarked}} class="marked"{{/isMarked}}>
        <th scope="row" class="n"><a href="#trial-{{number}}">{{number}}</a></th>
        <td>{{#state}}{{>state}}{{/state}}{{#isMarked}} <span class="mark">{{marks}}</span>{{/isMarked}}</td>
        <td class="n">{{#score}}{{value}}{{/score}}{{^score}}–{{/score}}</td>
        <td class="fig">{{#score}}{{interval}}{{/score}}</td><td class="n">{{measured}}</td><td class="n">{{failures}}</td>
        <td class="n">{{seconds}}</td><td class="long">{{words}} <span class="faint">{{origin}}</span></td></tr>
        {{/trials}}</tbody></table></div>{{/anyTrials}}
        """

    static let failures = """
        {{^anyFailures}}{{^anyFailed}}<p class="empty">No trial and no question failed.</p>{{/anyFailed}}{{/anyFailures}}
        {{#anyFailed}}<ul>{{#failed}}<li>Trial <a href="#trial-{{number}}">{{number}}</a>: {{reason}}</li>{{/failed}}</ul>{{/anyFailed}}
        {{#anyFailures}}<div class="table" tabindex="0" role="region" aria-label="Failures"><table>
        <thead><tr><th scope="col">Why a question could not be measured</th><th scope="col" class="n">How often</th></tr></thead>
        <tbody>{{#failures}}<tr><td class="long">{{reason}}</td><td class="n">{{count}}</td></tr>{{/failures}}</tbody>
        </table></div>{{/anyFailures}}
        """
}
