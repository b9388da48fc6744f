extension Templates {
    static let audit = """
        {{<layout}}{{$content}}
        <h1>Audit</h1>
        {{>tabs}}
        {{^any}}<p class="empty">Nobody has looked yet for what is not safe: <code>neo audit {{folder}}</code>.</p>{{/any}}
        {{#any}}<p class="lead">Made at {{made}} with seed {{seed}}; answers: {{generator}}.</p>
        <section aria-labelledby="findings"><h2 id="findings">What was found, and what to do</h2>
        {{^anyFindings}}<p class="empty">Nothing that has to be mended.</p>{{/anyFindings}}
        {{#anyFindings}}<p class="actions"><a href="audit/findings.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Findings"><table><thead><tr><th scope="col">Severity</th>
        <th scope="col">What</th><th scope="col">What to do</th><th scope="col">Asked for by</th></tr></thead><tbody>
        {{#findings}}<tr id="f-{{anchor}}"><td><span class="state {{state.look}}"><span aria-hidden="true">{{state.sign}}</span> \
        {{severity}}</span></td><th scope="row" class="long">{{what}} <span class="sub">{{places}}</span></th>
        <td class="long">{{remedy}}</td><td>{{standard}} <span class="sub">{{finding}}</span></td></tr>
        {{/findings}}</tbody></table></div>{{/anyFindings}}</section>
        {{#anyFamilies}}<section aria-labelledby="attacks"><h2 id="attacks">Attacks that were tried</h2>
        {{#anyUtility}}<p>Of {{answered}} harmless questions that had an answer, {{still}} still had one while hostile documents were \
        there.</p>{{/anyUtility}}
        <div class="table" tabindex="0" role="region" aria-label="Attacks"><table><thead><tr><th scope="col">Kind</th>
        <th scope="col">What the attacker does</th><th scope="col" class="n">Delivered</th><th scope="col" class="n">Succeeded</th>
        <th scope="col" class="n">Quoted</th><th scope="col" class="n">Residual risk</th></tr></thead><tbody>
        {{#families}}<tr><th scope="row">{{family}}</th><td class="long">{{what}}</td><td class="n">{{delivered}}</td>
        <td class="n">{{failed}}</td><td class="n">{{quoted}}</td><td class="n">{{risk}}</td></tr>
        {{/families}}</tbody></table></div>
        <p class="faint">The residual risk is the share of such attacks that may succeed all the same, with 95 % credibility.</p>
        </section>{{/anyFamilies}}
        <section aria-labelledby="unchecked"><h2 id="unchecked">What could not be checked</h2>
        <ul>{{#unchecked}}<li>{{sentence}}</li>{{/unchecked}}</ul></section>
        <section aria-labelledby="checks"><h2 id="checks">In order</h2><ul>{{#checks}}<li>{{sentence}}</li>{{/checks}}</ul></section>
        {{/any}}
        {{/content}}{{/layout}}
        """
}
