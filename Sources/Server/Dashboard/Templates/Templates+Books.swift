extension Templates {
    static let costs = """
        {{<layout}}{{$content}}
        <h1>Costs</h1>
        {{>tabs}}
        <nav class="pages" aria-label="Added up by"><ul>{{#groupings}}<li><a href="{{path}}"\
        {{#isCurrent}} aria-current="page"{{/isCurrent}}>by {{label}}</a></li>{{/groupings}}</ul></nav>
        {{#anyBudgets}}<section aria-labelledby="budgets"><h2 id="budgets">Budgets</h2>
        <div class="table" tabindex="0" role="region" aria-label="Budgets"><table><thead><tr><th scope="col">Budget</th>
        <th scope="col">Unit</th><th scope="col" class="n">Allowed</th><th scope="col" class="n">Spent</th>
        <th scope="col" class="n">Reserved</th><th scope="col" class="n">Share</th><th scope="col">State</th></tr></thead><tbody>
        {{#budgets}}<tr><th scope="row">{{budgetName}}</th><td>{{unit}}</td><td class="n">{{amount}}</td><td class="n">{{spent}}</td>
        <td class="n">{{reserved}}</td><td class="n">{{share}} %</td>
        <td><span class="state {{state.look}}"><span aria-hidden="true">{{state.sign}}</span> {{word}}</span></td></tr>{{/budgets}}
        </tbody></table></div></section>{{/anyBudgets}}
        <section aria-labelledby="calls"><h2 id="calls">Calls of models by {{by}}</h2>
        <div id="live-charts" class="charts">{{>charts}}</div>
        <div id="live-calls">{{>calls}}</div></section>
        {{#anyPrices}}<section aria-labelledby="prices"><h2 id="prices">Prices that were applied</h2>
        <div class="table" tabindex="0" role="region" aria-label="Prices"><table><thead><tr><th scope="col">Endpoint</th>
        <th scope="col">Model</th><th scope="col">Price</th></tr></thead><tbody>
        {{#prices}}<tr><td>{{endpoint}}</td><th scope="row">{{priced}}</th><td class="long"><code>{{price}}</code></td></tr>{{/prices}}
        </tbody></table></div></section>{{/anyPrices}}
        {{/content}}{{/layout}}
        """

    static let calls = """
        {{^any}}<p class="empty">No model was asked for anything that is written down.</p>{{/any}}
        {{#any}}<p class="actions"><a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Calls"><table><thead><tr><th scope="col">{{by}}</th>
        <th scope="col" class="n">Calls</th><th scope="col" class="n">From recordings</th><th scope="col" class="n">Failed</th>
        <th scope="col" class="n">Tokens read</th><th scope="col" class="n">Written</th><th scope="col" class="n">Seconds</th>
        <th scope="col" class="n">Cost</th></tr></thead><tbody>
        {{#rows}}<tr id="c-{{anchor}}"><th scope="row">{{group}}</th><td class="n">{{calls}}</td><td class="n">{{hits}}</td>
        <td class="n">{{failures}}</td><td class="n">{{input}}</td><td class="n">{{output}}</td><td class="n">{{seconds}}</td>
        <td class="n">{{dollars}}</td></tr>
        {{/rows}}</tbody><tfoot>{{#sum}}<tr><th scope="row">{{group}}</th><td class="n">{{calls}}</td><td class="n">{{hits}}</td>
        <td class="n">{{failures}}</td><td class="n">{{input}}</td><td class="n">{{output}}</td><td class="n">{{seconds}}</td>
        <td class="n">{{dollars}}</td></tr>{{/sum}}</tfoot></table></div>
        <p class="faint">“unknown” are calls that nobody knows the price of; ~ marks tokens that no server counted.</p>{{/any}}
        """

    static let sessions = """
        {{<layout}}{{$content}}
        <h1>Agent sessions</h1>
        {{>tabs}}
        <div id="live-sessionlist">{{>sessionlist}}</div>
        {{/content}}{{/layout}}
        """

    static let sessionList = """
        {{^anySessions}}<p class="empty">No agent has worked here: <code>neo agent</code>.</p>{{/anySessions}}
        {{#anySessions}}<div class="table" tabindex="0" role="region" aria-label="Sessions"><table><thead><tr>
        <th scope="col">Task</th><th scope="col">State</th><th scope="col">Tasks</th><th scope="col">Model</th><th scope="col" class="n">Turns</th>
        <th scope="col" class="n">Tokens</th><th scope="col" class="n">Cost</th><th scope="col">Began</th></tr></thead><tbody>
        {{#sessions}}<tr id="s-{{name}}"><th scope="row" class="long"><a href="{{path}}">{{task}}</a><span class="sub">{{name}}</span></th>
        <td>{{#state}}{{>state}}{{/state}}</td><td>{{tasks}} <span class="sub">{{now}}</span></td><td>{{model}}</td>\
        <td class="n">{{turns}}</td><td class="n">{{tokens}}</td>
        <td class="n">{{dollars}}</td><td>{{#began}}{{>time}}{{/began}}</td></tr>
        {{/sessions}}</tbody></table></div>{{/anySessions}}
        """

    static let session = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        <div id="live-transcript">{{>transcript}}</div>
        {{/content}}{{/layout}}
        """

    static let transcript = """
        <p class="lead">{{#state}}{{>state}}{{/state}} {{task}}</p>
        <dl class="figures"><div><dt>Model</dt><dd><b>{{model}}</b></dd></div><div><dt>Turns</dt><dd><b>{{turns}}</b></dd></div>
        <div><dt>Tokens</dt><dd><b>{{tokens}}</b></dd></div><div><dt>Cost where a price is known</dt><dd><b>{{dollars}}</b></dd></div></dl>
        {{#anySteps}}<h2 id="tasks">Tasks</h2><ol class="tasks">{{#steps}}<li>{{#state}}{{>state}}{{/state}} {{words}}</li>
        {{/steps}}</ol>{{/anySteps}}
        {{#isCut}}<p class="note">Only the last {{most}} events are shown; <code>neo sessions show</code> has all.</p>{{/isCut}}
        <h2 id="transcript">Transcript</h2>
        <ol class="transcript">
        {{#entries}}<li id="{{anchor}}" class="{{look}}">
        {{#isFolded}}<details id="d-{{anchor}}"><summary>{{heading}} {{#outcome}}{{>state}}{{/outcome}} <span class="faint">{{brief}}</span></summary>
        <pre tabindex="0">{{body}}</pre>{{#hasEnd}}<p class="faint">Result{{#isTainted}}, with words from outside{{/isTainted}}</p>
        <pre tabindex="0">{{result}}</pre>{{/hasEnd}}</details>{{/isFolded}}
        {{^isFolded}}<h3>{{heading}}</h3><p class="said">{{body}}</p>{{/isFolded}}
        <p class="faint"><a href="#{{anchor}}">{{anchor}}</a> {{#at}}{{>time}}{{/at}}</p>
        {{#comments}}{{>comments}}{{/comments}}</li>
        {{/entries}}</ol>
        """

    static let release = """
        {{<layout}}{{$content}}
        <h1>Release</h1>
        {{>tabs}}
        <section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2>
        <div id="live-traffic">{{>traffic}}</div></section>
        {{^hasResults}}<p class="empty">There is nothing to serve yet: <code>neo search</code> first.</p>{{/hasResults}}
        {{#hasResults}}
        {{#isUnmet}}<p class="note warn">! {{unmet}}</p>{{/isUnmet}}
        <section aria-labelledby="served"><h2 id="served">What is served</h2>{{>result}}
        <pre tabindex="0" aria-label="How to serve it">neo serve {{folder}}</pre></section>
        {{#anyConstraints}}<section aria-labelledby="constraints"><h2 id="constraints">Constraints</h2>
        <div class="table" tabindex="0" role="region" aria-label="Constraints"><table><thead><tr><th scope="col">Constraint</th>
        <th scope="col">Measured</th><th scope="col">State</th></tr></thead><tbody>{{#constraints}}<tr><th scope="row">{{constraint}}</th>
        <td>{{measured}}</td><td>{{#state}}{{>state}}{{/state}}</td></tr>{{/constraints}}</tbody></table></div></section>{{/anyConstraints}}
        {{#anyFinalists}}<section aria-labelledby="latency"><h2 id="latency">Latency of the finalists</h2>
        <p class="actions"><a href="release/finalists.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Latency"><table><thead><tr><th scope="col" class="n">Trial</th>
        <th scope="col" class="n">Requests</th><th scope="col" class="n">Errors</th><th scope="col" class="n">Median</th>
        <th scope="col" class="n">p95</th><th scope="col" class="n">Index</th></tr></thead><tbody>
        {{#finalists}}<tr id="finalist-{{number}}"{{#isWinner}} class="marked"{{/isWinner}}><th scope="row" class="n">{{number}}\
        {{#isWinner}} <span class="mark">winner</span>{{/isWinner}}</th>
        <td class="n">{{requests}}</td><td class="n">{{errors}}</td><td class="n">{{p50}}</td><td class="n">{{p95}}</td>
        <td class="n">{{size}}</td></tr>{{/finalists}}</tbody></table></div></section>{{/anyFinalists}}
        <section aria-labelledby="configuration"><h2 id="configuration">Configuration</h2>
        <dl class="facts">{{#configuration}}<div><dt>{{parameter}}</dt><dd>{{setting}}</dd></div>{{/configuration}}</dl></section>
        {{#anyManifest}}<section aria-labelledby="manifest"><h2 id="manifest">What it was made from, and on</h2>
        <dl class="facts">{{#manifest}}<div><dt>{{term}}</dt><dd>{{value}}</dd></div>{{/manifest}}</dl></section>{{/anyManifest}}
        {{/hasResults}}
        {{/content}}{{/layout}}
        """
}
