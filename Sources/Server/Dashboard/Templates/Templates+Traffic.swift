extension Templates {
    static let traffic = """
        {{#traffic}}{{^anyServices}}<p class="empty">No service has reported yet: <code>neo serve</code> notes its figures while \
        it runs.</p>{{/anyServices}}
        {{#anyServices}}<p class="actions"><a href="{{base}}/release/services.csv">As CSV</a></p>
        <div class="table" tabindex="0" role="region" aria-label="Services"><table><thead><tr><th scope="col">Service</th>
        <th scope="col">State</th><th scope="col">Began</th><th scope="col" class="n">For</th><th scope="col" class="n">Requests</th>
        <th scope="col" class="n">Errors</th><th scope="col" class="n">Refused</th><th scope="col" class="n">Answered</th>
        <th scope="col" class="n">Abstained</th><th scope="col" class="n">Median</th><th scope="col" class="n">p95</th>
        <th scope="col" class="n">p99</th></tr></thead><tbody>
        {{#services}}<tr id="service-{{anchor}}"><th scope="row"><a href="{{path}}">{{service}}</a></th>
        <td>{{#state}}{{>state}}{{/state}}</td><td>{{#began}}{{>time}}{{/began}}</td><td class="n">{{took}}</td>
        <td class="n">{{requests}}</td><td class="n">{{errors}}</td><td class="n">{{refused}}</td><td class="n">{{answers}}</td>
        <td class="n">{{abstentions}}</td><td class="n">{{p50}}</td><td class="n">{{p95}}</td><td class="n">{{p99}}</td></tr>
        {{/services}}</tbody></table></div>
        <p class="faint">Latencies are of the last 30 s with requests. What the service has found out about itself is on the page \
        <a href="{{base}}/service">Service</a>, what people say of answers on <a href="{{base}}/feedback">Feedback</a>.</p>
        {{#trafficCharts}}<h3>{{of}}, every 30 s with requests</h3><div class="charts">{{>charts}}</div>{{/trafficCharts}}
        <h3>Drift: the last 24 hours and the time before</h3>
        {{#anyDrift}}<div class="table" tabindex="0" role="region" aria-label="Drift"><table><thead><tr><th scope="col">Share of</th>
        <th scope="col">Last 24 hours</th><th scope="col">Before</th><th scope="col">Judgement</th></tr></thead><tbody>
        {{#drift}}<tr><th scope="row">{{share}}</th><td class="fig">{{recent}}</td><td class="fig">{{before}}</td>
        <td>{{#state}}{{>state}}{{/state}}</td></tr>{{/drift}}</tbody></table></div>
        <p class="faint">With 95 % intervals; what lies apart is said to have changed.</p>{{/anyDrift}}
        {{^anyDrift}}<p class="empty">It is told once there are figures of both.</p>{{/anyDrift}}{{/anyServices}}{{/traffic}}
        """
}
