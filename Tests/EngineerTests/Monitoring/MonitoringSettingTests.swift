import Testing

@testable import Engineer

@Suite struct MonitoringSettingTests {
    private func setting(_ yaml: String) throws -> MonitoringSetting {
        try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p").monitoring
    }

    @Test func `without a word figures of all requests are kept, no words, and nobody is told`() throws {
        let usual = try setting("")
        #expect(usual.sample == 1 && usual.text == .none && usual.keepDays == 30 && usual.channels.isEmpty)
        #expect(usual.rules.map(\.name) == ["availability", "errors", "latency", "abstentions", "feedback", "probes"])
    }

    @Test func `it can be turned off as a whole`() throws {
        #expect(try !setting("monitoring: false").isOn && setting("monitoring: {}").isOn)
    }

    @Test func `all of it can be set`() throws {
        let all = try setting(
            """
            monitoring:
              sample: 0.5
              text: redacted
              keep_days: 7
              score: 1
              probe_minutes: 0
              alerts: {latency: {limit_ms: 1500, target: 0.9}, feedback: false, cost: {usd_per_day: 5}, errors: 0.999}
              notify:
                - {webhook: "https://hooks.example.org/neo", headers: {Authorization: HOOK_TOKEN}, timeout: 3}
                - {mail: "smtps://mail.example.org", from: neo@example.org, to: [a@example.org, b@example.org], user: U, password: P}
                - {name: local, command: [./tell.sh, now], outside_walls: true}
            """)
        #expect(all.sample == 0.5 && all.text == .redacted && all.keepDays == 7 && all.probeMinutes == 0)
        let latency = try #require(all.rules.first { $0.measure == .latency })
        #expect(latency.limitMilliseconds == 1500 && latency.target == 0.9)
        #expect(!all.rules.contains { $0.measure == .feedback })
        #expect(all.rules.first { $0.measure == .cost }?.dollarsPerDay == 5)
        #expect(all.rules.first { $0.measure == .errors }?.target == 0.999)
        #expect(all.channels.map(\.name) == ["webhook 1", "mail 2", "local"])
        #expect(all.channels[2].kind == .command(["./tell.sh", "now"], isOutsideWalls: true))
    }

    @Test(arguments: [
        ("monitoring: {sampl: 1}", "Did you mean \"sample\"?"), ("monitoring: {sample: 2}", "from 0 to 1"),
        ("monitoring: {text: some}", "none, redacted or full"), ("monitoring: {keep_days: 0}", "keep_days"),
        ("monitoring: {judge: [a]}", "must name a model"), ("monitoring: {judge_per_day: 0}", "judge_per_day"),
        ("monitoring: {alerts: {latncy: 0.9}}", "Did you mean \"latency\"?"),
        ("monitoring: {alerts: {errors: 2}}", "the share that is to be good"),
        ("monitoring: {alerts: {cost: {}}}", "usd_per_day"), ("monitoring: {notify: {}}", "must be a list"),
        ("monitoring: {notify: [{webhook: 'ftp://x'}]}", "must be an address"),
        ("monitoring: {notify: [{webhook: 'https://u:p@x/'}]}", "without a name or password"),
        ("monitoring: {notify: [{webhook: 'https://x/', headers: {A: secret value}}]}", "name the variable"),
        (
            "monitoring: {notify: [{mail: 'smtp://x', from: \"a@b.c\\r\\nRCPT TO:<e@f.g>\", to: a@b.c}]}",
            "must be a server"
        ),
        ("monitoring: {notify: [{command: []}]}", "list of words"), ("monitoring: {notify: [{name: x}]}", "one of"),
        ("monitoring: {notify: [{name: x, command: a}, {name: x, command: b}]}", "are called"),
    ])
    func `what cannot be is said with its line`(yaml: String, sentence: String) {
        let error = #expect(throws: EngineerError.self) { try setting(yaml) }
        #expect(error?.message.hasPrefix("neo.yaml:2: ") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test func `redacted words have no personal data, and none are kept where nobody says so`() {
        var setting = MonitoringSetting()
        let text = "Write to dana.roe@acme.io or +49 30 1234567, card 4111 1111 1111 1111, DE89370400440532013000, ok?"
        #expect(setting.kept(text) == nil)
        setting.text = .redacted
        #expect(setting.kept(text) == "Write to [email] or [phone], card [paymentCard], [iban], ok?")
        #expect(
            setting.kept("a@b.de@c.de") == "[email][email]" || setting.kept("a@b.de@c.de")?.contains("@b.de") == false)
        setting.text = .full
        #expect(setting.kept(text) == text)
        #expect(setting.kept(String(repeating: "é", count: 20_000))?.utf8.count ?? 0 <= (16 << 10) + 3)
    }
}
