extension Templates {
    static let front = """
        {{<layout}}{{$content}}
        <h1>Projects</h1>
        <section aria-labelledby="waiting"><h2 id="waiting">Waits for you</h2>
        <div id="live-attention">{{>attention}}</div></section>
        <section aria-labelledby="all"><h2 id="all">All projects</h2>
        <div id="live-projects">{{>projects}}</div></section>
        {{/content}}{{/layout}}
        """

    static let attention = """
        {{^anyWaiting}}<p class="empty">Nothing waits for you.</p>{{/anyWaiting}}
        {{#anyWaiting}}<ol class="waiting">
        {{#waiting}}<li id="w-{{anchor}}">
        <span class="kind">{{kind}}</span>
        <p class="what"><a class="project" href="{{projectPath}}">{{projectName}}</a> {{sentence}}</p>
        <p class="since">{{#since}}since {{>time}}{{/since}}</p>
        <div class="do"><a class="button" href="{{path}}">{{action}}<span class="hidden"> in {{projectName}}</span></a>
        {{#hasAlerts}}{{#canWrite}}<form method="post" action="{{projectPath}}/alerts"><input type="hidden" name="form_token" \
        value="{{formToken}}"><input type="hidden" name="alerts" value="{{alerts}}"><input type="hidden" name="author" \
        value="{{author}}"><input type="hidden" name="next" value="{{here}}">
        <button>Seen<span class="hidden">: {{sentence}}</span></button></form>{{/canWrite}}{{/hasAlerts}}
        {{#serviceAlert}}{{#canWrite}}<form method="post" action="{{projectPath}}/alert-seen"><input type="hidden" name="form_token" \
        value="{{formToken}}"><input type="hidden" name="alert" value="{{serviceAlert}}"><input type="hidden" name="author" \
        value="{{author}}"><input type="hidden" name="next" value="{{here}}">
        <button>Seen<span class="hidden">: {{sentence}}</span></button></form>{{/canWrite}}{{/serviceAlert}}
        {{#session}}{{#canWrite}}<form method="post" action="{{projectPath}}/seen"><input type="hidden" name="form_token" \
        value="{{formToken}}"><input type="hidden" name="session" value="{{session}}"><input type="hidden" name="event" \
        value="{{event}}"><input type="hidden" name="author" value="{{author}}"><input type="hidden" name="next" value="{{here}}">
        <button>Seen<span class="hidden">: {{sentence}}</span></button></form>{{/canWrite}}{{/session}}</div>
        </li>
        {{/waiting}}</ol>{{/anyWaiting}}
        """

    static let projects = """
        {{^anyProjects}}<p class="empty">There is no project here. Make one: <code>neo new my-docs --documents \
        'docs/**/*.md'</code></p>{{/anyProjects}}
        {{#anyProjects}}<div class="table" tabindex="0" role="region" aria-label="Projects"><table>
        <thead><tr><th scope="col">Project</th><th scope="col">Stage</th><th scope="col" class="n">Score</th>
        <th scope="col">95 % interval</th><th scope="col" class="n">Questions</th><th scope="col" class="n">Waiting</th><th scope="col">Service</th>
        <th scope="col" class="n">Comments</th><th scope="col" class="n">Cost</th></tr></thead>
        <tbody>
        {{#projects}}<tr id="{{anchor}}"><th scope="row"><a href="{{path}}">{{name}}</a>
        <span class="sub">{{folder}}</span></th>
        <td>{{#stage}}{{>state}}{{/stage}}</td>
        <td class="n">{{#score}}{{value}}{{/score}}{{^score}}–{{/score}}</td>
        <td class="fig">{{#score}}{{interval}} <span class="faint">{{metric}}</span>{{/score}}</td>
        <td class="n">{{questions}}</td><td class="n">{{needs}}</td>
        <td>{{#glance}}<a href="{{base}}/releases">{{release}}</a><span class="sub"><a href="{{base}}/service">{{alerts}}</a> · \
        <a href="{{base}}/feedback">Feedback</a></span>{{/glance}}{{^glance}}–{{/glance}}</td><td class="n">{{open}}</td>
        <td class="n">{{cost}}</td></tr>
        {{/projects}}</tbody></table></div>{{/anyProjects}}
        """

    static let project = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        {{#anyProblems}}<div class="note bad" role="alert"><ul>{{#problems}}<li>{{.}}</li>{{/problems}}</ul></div>{{/anyProblems}}
        <section aria-labelledby="life"><h2 id="life" class="hidden">Stage of life</h2>
        <div id="live-steps">{{>steps}}</div></section>
        <section aria-labelledby="waiting"><h2 id="waiting">Waits for you</h2>
        <div id="live-attention">{{>attention}}</div></section>
        {{#build}}<section aria-labelledby="milestones"><h2 id="milestones">Milestones</h2>
        <div id="live-build">{{>build}}</div></section>{{/build}}
        {{#glance}}<section aria-labelledby="inservice"><h2 id="inservice">The service</h2>
        <div id="live-serviceglance">{{>serviceglance}}</div></section>{{/glance}}
        <section aria-labelledby="found"><h2 id="found">What the last search found</h2>
        <div id="live-result">{{>result}}</div></section>
        <section aria-labelledby="studies"><h2 id="studies">Studies</h2>
        <div id="live-studies">{{>studies}}</div></section>
        {{#anyRuns}}<section aria-labelledby="runs"><h2 id="runs">Latest runs</h2>
        <div id="live-latestruns">{{>latestruns}}</div></section>{{/anyRuns}}
        <section aria-labelledby="settings"><h2 id="settings">Goal and settings</h2>
        <dl class="facts">{{#settings}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/settings}}
        <div><dt>Folder</dt><dd>{{folder}}</dd></div></dl></section>
        <section aria-labelledby="comments"><h2 id="comments">Open comments</h2>
        {{^anyOpen}}<p class="empty">No comment is open.</p>{{/anyOpen}}
        {{#anyOpen}}<ul class="comments">{{#open}}{{>comment}}{{/open}}</ul>{{/anyOpen}}
        {{#comments}}{{>comments}}{{/comments}}</section>
        {{/content}}{{/layout}}
        """

    static let steps = """
        <ol class="steps">
        {{#steps}}<li class="{{state.look}}"><a href="{{path}}"><span class="step">{{name}}</span>
        {{#state}}{{>state}}{{/state}}</a></li>
        {{/steps}}</ol>
        """

    static let result = """
        {{^result}}<p class="empty">No search has finished yet: <code>neo search</code>.</p>{{/result}}
        {{#result}}<dl class="figures">
        <div><dt>Winner, {{metric}}</dt><dd><b>{{winner.value}}</b> <span>{{winner.interval}}</span></dd></div>
        <div><dt>Default</dt><dd><b>{{baseline.value}}</b> <span>{{baseline.interval}}</span></dd></div>
        <div><dt>Difference</dt><dd><b>{{difference.value}}</b> <span>{{difference.interval}}</span></dd></div>
        </dl>
        <p>{{kindWords}}: {{judgement}}. With 95 % intervals.</p>
        <p class="faint">Trial {{trial}}: {{configuration}}{{#written}} · {{>time}}{{/written}}</p>{{/result}}
        """

    static let studies = """
        {{^anyStudies}}<p class="empty">Nothing was searched yet.</p>{{/anyStudies}}
        {{#anyStudies}}<div class="table" tabindex="0" role="region" aria-label="Studies"><table>
        <thead><tr><th scope="col">Study</th><th scope="col">For</th><th scope="col">Sampler</th><th scope="col">Objective</th>
        <th scope="col" class="n">Questions</th><th scope="col">Begun</th></tr></thead><tbody>
        {{#studies}}<tr id="study-{{short}}"><th scope="row"><a href="{{path}}"><code>{{short}}</code></a></th>
        <td>{{purpose}}</td><td>{{sampler}}</td><td>{{metric}}</td><td class="n">{{questions}}</td>
        <td>{{#created}}{{>time}}{{/created}}</td></tr>
        {{/studies}}</tbody></table></div>{{/anyStudies}}
        """
}
