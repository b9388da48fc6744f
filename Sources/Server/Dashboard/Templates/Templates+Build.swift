extension Templates {
    static let build = """
        {{#build}}<div class="table" tabindex="0" role="region" aria-label="Milestones"><table><thead><tr>
        <th scope="col">Milestone</th><th scope="col">State</th><th scope="col">What came of it</th>
        <th scope="col">Gates</th><th scope="col" class="n">Time</th></tr></thead>
        <tbody>{{#milestones}}<tr id="milestone-{{id}}"><th scope="row">{{id}} {{title}}</th><td>{{#state}}{{>state}}{{/state}}</td>
        <td>{{words}}{{#accepted}} <span class="sub">{{accepted}}</span>{{#unmet}} <span class="sub">{{.}}</span>{{/unmet}}\
        {{/accepted}}</td><td class="fig">{{gates}}</td><td class="n">{{time}}</td></tr>{{/milestones}}</tbody>
        </table></div>
        {{#isDone}}<p class="note" id="built">✓ Built. <code>neo serve {{folder}}</code> serves it; <code>neo status</code> holds \
        it to the requirements.</p>{{/isDone}}
        {{#stopped}}<section class="note warn" id="stopped-{{id}}" aria-labelledby="s-{{id}}"><h3 id="s-{{id}}">! {{id}} {{title}} \
        stopped the build</h3>
        {{#failure}}<p>{{.}}</p>{{/failure}}
        <ul class="gates">{{#gateRows}}<li>{{#state}}{{>state}}{{/state}} <code>{{gate}}</code>: {{words}}</li>{{/gateRows}}</ul>
        <h4>What can be done</h4>
        <ul>{{#options}}<li>{{.}}</li>{{/options}}
        <li>to edit: {{#links}}{{#isNext}}, {{/isNext}}<a href="{{path}}">{{label}}</a>{{/links}}</li>
        <li>after an edit and another approval: <code>neo build {{folder}}</code>; a <code>neo run --browser</code> that waits goes on \
        by itself</li></ul>
        {{#canWrite}}<form class="stack" method="post" action="{{base}}/accept"><input type="hidden" name="form_token" \
        value="{{formToken}}"><input type="hidden" name="milestone" value="{{id}}"><input type="hidden" name="seen" value="{{seen}}">\
        <input type="hidden" name="next" value="{{base}}#milestones">
        <label for="because-{{id}}">Why to go on although the gate does not hold; the reason is kept with your name</label>
        <textarea id="because-{{id}}" name="reason" rows="2" maxlength="{{longest}}" required></textarea>
        <label for="who-{{id}}">Your name</label><input id="who-{{id}}" name="author" value="{{author}}" maxlength="100" required>
        <button class="primary">Accept {{id}} and go on</button></form>{{/canWrite}}</section>{{/stopped}}{{/build}}
        """
}
