extension Templates {
    static let question = """
        {{<layout}}{{$content}}
        <h1>{{question}}</h1>
        {{>tabs}}
        <p class="faint">Question {{name}}</p>
        <div class="columns">
        <section aria-labelledby="expected"><h2 id="expected">Expected</h2>
        <h3>Answers</h3>
        {{#anyAnswers}}<ul>{{#answers}}<li>{{.}}</li>{{/answers}}</ul>{{/anyAnswers}}
        {{^anyAnswers}}<p class="empty">None is written down.</p>{{/anyAnswers}}
        <h3>Evidence</h3>
        {{#evidence}}<blockquote><p>{{quote}}</p><footer>{{document}}{{#hasResult}}
        {{#isFound}}<span class="state good"><span aria-hidden="true">✓</span> among the first found</span>{{/isFound}}
        {{^isFound}}<span class="state bad"><span aria-hidden="true">✕</span> not among the first found</span>{{/isFound}}
        {{/hasResult}}</footer></blockquote>{{/evidence}}
        {{^anyEvidence}}<p class="empty">The row has no quotes.</p>{{/anyEvidence}}</section>
        {{#isAnswers}}<section aria-labelledby="retrieval"><h2 id="retrieval">What was found for it</h2>
        {{#search}}<p><a href="{{search}}">The same question in the search of retrieval</a></p>{{/search}}
        <p class="faint">The sentences that an answer quotes or cites stand beside it below.</p></section>{{/isAnswers}}
        {{^isAnswers}}<section aria-labelledby="ranking"><h2 id="ranking">What the winner found first</h2>
        {{#anyRanking}}<ol class="ranking">{{#ranking}}<li>{{document}}{{#isExpected}}
        <span class="state good"><span aria-hidden="true">✓</span> holds evidence</span>{{/isExpected}}</li>{{/ranking}}</ol>{{/anyRanking}}
        {{^anyRanking}}<p class="empty">Rankings are kept of the winner of a search that has ended.</p>{{/anyRanking}}
        {{#hasResult}}<p>{{metric}}: {{winnerScore}}, the default {{baselineScore}}.</p>{{/hasResult}}
        {{#answersPath}}<p><a href="{{answersPath}}">What each way of answering said to it</a></p>{{/answersPath}}</section>{{/isAnswers}}
        </div>
        <section aria-labelledby="all"><h2 id="all">Every trial on this question</h2>
        {{#keptWords}}<p class="faint">{{keptWords}}</p>{{/keptWords}}
        <p class="actions"><a href="{{csv}}">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Every trial on this question"><table>
        <thead><tr><th scope="col" class="n">Trial</th><th scope="col" class="n">{{metric}}</th>\
        {{#isAnswers}}<th scope="col">Answer, and what it rests on</th>{{/isAnswers}}<th scope="col">Configuration</th>
        <th scope="col">Other metrics</th></tr></thead><tbody>
        {{#rows}}<tr id="trial-{{number}}"><th scope="row" class="n">{{number}}</th><td class="n">{{value}}</td>
        {{#isAnswers}}<td class="long">{{>keptanswer}}</td>{{/isAnswers}}
        <td class="long">{{words}} <span class="bad">{{failure}}</span></td><td class="long faint">{{others}}</td></tr>
        {{/rows}}</tbody></table></div></section>
        {{#anyOpened}}<section aria-labelledby="opened"><h2 id="opened">Outside of the search</h2>
        <p class="faint">Measured beside the trials, such as on questions that are held out. People see it, agents do not.</p>
        <div class="table" tabindex="0" role="region" aria-label="Outside of the search"><table>
        <thead><tr><th scope="col">Configuration</th><th scope="col">Split</th><th scope="col" class="n">{{metric}}</th>\
        {{#isAnswers}}<th scope="col">Answer, and what it rests on</th>{{/isAnswers}}
        <th scope="col">Other metrics</th></tr></thead><tbody>
        {{#opened}}<tr id="opened-{{anchor}}"><th scope="row" class="long">{{words}} <span class="bad">{{failure}}</span></th>
        <td>{{split}}</td><td class="n">{{value}}</td>{{#isAnswers}}<td class="long">{{>keptanswer}}</td>{{/isAnswers}}
        <td class="long faint">{{others}}</td></tr>
        {{/opened}}</tbody></table></div></section>{{/anyOpened}}
        <section aria-labelledby="comments"><h2 id="comments">Comments</h2>{{#comments}}{{>comments}}{{/comments}}</section>
        {{/content}}{{/layout}}
        """

    static let keptAnswer = """
        {{#kept}}<p class="said">{{#isAbstention}}<span class="state calm"><span aria-hidden="true">○</span> abstained</span> \
        {{/isAbstention}}{{said}}</p>
        {{#quotes}}<blockquote><p>{{quote}}</p><footer>{{document}}{{#isExpected}} <span class="state good">\
        <span aria-hidden="true">✓</span> holds evidence</span>{{/isExpected}}</footer></blockquote>{{/quotes}}{{/kept}}
        {{^kept}}<span class="faint">not kept</span>{{/kept}}
        """
}
