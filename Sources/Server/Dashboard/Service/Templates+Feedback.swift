extension Templates {
    static let feedback = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        {{>tabs}}
        <p class="lead">What people say of the answers: thumbs, corrections, and which of two answers they prefer. Nothing of it changes \
        the service by itself. It becomes proposed golden questions, which a person reviews, and then perhaps another search.</p>
        <section aria-labelledby="thumbs"><h2 id="thumbs">How answers are liked</h2>
        <div id="live-feedbackthumbs">{{>feedbackthumbs}}</div></section>
        <section aria-labelledby="preferences"><h2 id="preferences">Releases side by side</h2>
        <div id="live-feedbackpreferences">{{>feedbackpreferences}}</div></section>
        <section aria-labelledby="next"><h2 id="next">What follows from it</h2>
        <div id="live-feedbacknext">{{>feedbacknext}}</div></section>
        <section aria-labelledby="bad"><h2 id="bad">Bad answers and corrections</h2>
        <div id="live-feedbackbad">{{>feedbackbad}}</div></section>
        {{/content}}{{/layout}}
        """

    static let feedbackThumbs = """
        {{^any}}<p class="empty">Nobody has said anything of the answers yet. While <code>neo serve {{folder}}</code> runs, its chat page \
        has “Good answer” and “Bad answer” below each answer; programs use <code>POST /v1/feedback</code>.</p>{{/any}}
        {{#anyThumbs}}<p class="actions"><a href="{{base}}/feedback/thumbs.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Thumbs by release"><table><thead><tr><th scope="col">Answers of</th>
        <th scope="col" class="n">Thumbs up</th><th scope="col">95 % interval</th><th scope="col" class="n">Up</th>
        <th scope="col" class="n">Down</th><th scope="col" class="n">In floods</th></tr></thead><tbody>
        {{#thumbs}}<tr><th scope="row">{{release}}</th><td class="n">{{share}}</td><td class="fig">{{interval}}</td>
        <td class="n">{{up}}</td><td class="n">{{down}}</td><td class="n">{{damped}}</td></tr>{{/thumbs}}</tbody></table></div>
        <p class="faint">Wilson's intervals. What one person says more than 20 times an hour, or one address more than 200 times, is a \
        flood: it is kept and does not count.</p>
        {{#thumbsSVG}}<div class="charts"><figure id="chart-thumbs"><figcaption>Thumbs up by release</figcaption>
        <div class="drawing" tabindex="0" role="group" aria-label="Thumbs up by release">{{{thumbsSVG}}}</div></figure></div>{{/thumbsSVG}}
        {{/anyThumbs}}
        <div class="columns">{{#anyReasons}}<div><h3>Why not</h3><div class="table" tabindex="0" role="region" aria-label="Reasons"><table>
        <thead><tr><th scope="col">Reason</th><th scope="col" class="n">How often</th></tr></thead><tbody>
        {{#reasons}}<tr><th scope="row">{{reason}}</th><td class="n">{{count}}</td></tr>{{/reasons}}</tbody></table></div></div>{{/anyReasons}}
        {{#anyCited}}<div><h3>Sources that people opened</h3><div class="table" tabindex="0" role="region" aria-label="Sources"><table>
        <thead><tr><th scope="col">Document</th><th scope="col" class="n">How often</th></tr></thead><tbody>
        {{#cited}}<tr><th scope="row" class="long">{{document}}</th><td class="n">{{count}}</td></tr>{{/cited}}</tbody></table></div></div>\
        {{/anyCited}}</div>
        """

    static let feedbackPreferences = """
        {{#preferences}}{{#any}}<p>{{comparisons}} comparisons, {{ties}} of them ties.{{#anyDamped}} {{damped}} more came in a flood and do \
        not count.{{/anyDamped}} {{position}}</p>
        {{#unrated}}<p class="note">There are no ratings: {{unrated}}</p>{{/unrated}}
        {{#anyRatings}}<p class="actions"><a href="{{base}}/feedback/comparisons.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Ratings"><table><thead><tr><th scope="col">Answers of</th>
        <th scope="col" class="n">Rating</th><th scope="col">95 % interval</th></tr></thead><tbody>
        {{#ratings}}<tr><th scope="row">{{release}}</th><td class="n">{{rating}}</td><td class="fig">{{interval}}</td></tr>{{/ratings}}
        </tbody></table></div>
        <div class="charts"><figure id="chart-ratings"><figcaption>Ratings by release</figcaption>
        <div class="drawing" tabindex="0" role="group" aria-label="Ratings by release">{{{svg}}}</div></figure></div>
        <div class="table" tabindex="0" role="region" aria-label="Pairs"><table><thead><tr><th scope="col">Preferred</th>
        <th scope="col">To</th><th scope="col">With a probability of</th><th scope="col">Verdict</th></tr></thead><tbody>
        {{#pairs}}<tr><th scope="row">{{better}}</th><td>{{other}}</td><td class="fig">{{chance}}</td>
        <td>{{#state}}{{>state}}{{/state}} <span class="sub">{{turn}}</span></td></tr>{{/pairs}}</tbody></table></div>
        <p class="faint">Ratings by the model of Bradley and Terry: whose answers are preferred more often has the higher one. 95 % \
        intervals.</p>{{/anyRatings}}{{/any}}
        {{^any}}<p class="empty">Nobody has compared answers of two releases yet. While one is tried (<code>neo release promote latest \
        {{folder}} --stage canary</code>), the service's page <code>/compare</code> shows both side by side.</p>{{/any}}{{/preferences}}
        {{^preferences}}<p class="empty">Nobody has compared answers of two releases yet. While one is tried (<code>neo release promote \
        latest {{folder}} --stage canary</code>), the service's page <code>/compare</code> shows both side by side.</p>{{/preferences}}
        """

    static let feedbackNext = """
        <h3>Proposed golden questions</h3>
        {{^anyProposed}}<p class="empty">None was proposed of feedback yet: <code>neo feedback propose {{folder}}</code> makes them of bad \
        answers and corrections.</p>{{/anyProposed}}
        {{#anyProposed}}<p>{{openCount}} {{#isOneOpen}}waits{{/isOneOpen}}{{^isOneOpen}}wait{{/isOneOpen}} for a review, {{accepted}} \
        became golden questions, {{rejected}} were rejected.</p>{{/anyProposed}}
        {{#anyOpen}}<p><a class="button" href="{{base}}/golden/review">Review them</a></p>
        <ul>{{#proposals}}<li id="proposal-{{name}}"><a href="{{path}}">{{question}}</a> <span class="sub">{{why}}</span></li>{{/proposals}}</ul>\
        {{/anyOpen}}
        <h3>Another search</h3>
        {{#search}}<p>{{gathered}} questions that another search needs have been accepted since the last one.</p>
        {{#isKept}}<p>{{#state}}{{>state}}{{/state}} <span class="faint">as <code>neo feedback search</code> found{{#at}} {{>time}}{{/at}}</span></p>
        {{#lines}}<p>{{line}}</p>{{/lines}}
        {{#isOutdated}}<p class="note warn">! Other questions are accepted by now: <code>neo feedback search {{folder}}</code> measures \
        again.</p>{{/isOutdated}}{{/isKept}}
        {{^isKept}}<p class="empty">{{#isSearched}}What it would gain is not measured yet: <code>neo feedback search {{folder}}</code> does.\
        {{/isSearched}}{{^isSearched}}There was no search yet that another one could follow: <code>neo search {{folder}}</code>.{{/isSearched}}\
        </p>{{/isKept}}{{/search}}
        """

    static let feedbackBad = """
        {{^anyBad}}<p class="empty">Nobody has said in words what is bad about an answer.</p>{{/anyBad}}
        {{#anyBad}}<ol class="history">
        {{#bad}}<li id="feedback-{{id}}"><h3><a href="#feedback-{{id}}">{{question}}</a></h3>
        <p class="faint">{{what}}, {{release}}{{#at}}, {{>time}}{{/at}}, answer {{request}}{{#isFlood}}; in a flood, does not count{{/isFlood}}</p>
        {{#reason}}<p><b>{{reason}}</b></p>{{/reason}}
        {{#comment}}<p class="said">{{comment}}</p>{{/comment}}
        {{#correction}}<blockquote><p>{{correction}}</p><footer>What it should have said</footer></blockquote>{{/correction}}
        {{#answer}}<details id="answer-{{id}}"><summary>The answer<span class="hidden"> that feedback {{id}} is about</span></summary>
        <p class="said">{{answer}}</p></details>{{/answer}}</li>
        {{/bad}}</ol>{{#moreBad}}<p class="faint">{{moreBad}}</p>{{/moreBad}}{{/anyBad}}
        {{#silent}}<p class="faint">{{silent}}</p>{{/silent}}
        """
}
