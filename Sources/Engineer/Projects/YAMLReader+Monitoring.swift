internal import Yams

extension YAMLReader {
    private static let monitoringKeys = [
        "sample", "text", "keep_days", "score", "interval", "probe_minutes", "probes", "drift_minutes",
        "reindex_seconds", "judge", "judge_per_day", "alerts", "notify",
    ]
    private static let channelKeys = [
        "name", "webhook", "headers", "mail", "from", "to", "user", "password", "command", "outside_walls", "timeout",
    ]

    /// What `monitoring:` says.
    func monitoring() throws(EngineerError) -> MonitoringSetting {
        var setting = MonitoringSetting()
        guard let node = root["monitoring"] else { return setting }
        if node.bool == false {
            setting.isOn = false
            return setting
        }
        try checkKeys(node, known: Self.monitoringKeys, within: "monitoring")
        setting.sample = try number("sample", in: node, 0...1) ?? setting.sample
        setting.score = try number("score", in: node, 0...1) ?? setting.score
        setting.keepDays = try integer("keep_days", in: node, 1...3650) ?? setting.keepDays
        setting.intervalSeconds = try number("interval", in: node, 1...3600) ?? setting.intervalSeconds
        setting.probeMinutes = try number("probe_minutes", in: node, 0...100_000) ?? setting.probeMinutes
        setting.probes = try integer("probes", in: node, 1...1000) ?? setting.probes
        setting.driftMinutes = try number("drift_minutes", in: node, 1...100_000) ?? setting.driftMinutes
        setting.reindexSeconds = try number("reindex_seconds", in: node, 0...100_000) ?? setting.reindexSeconds
        setting.judgedPerDay = try integer("judge_per_day", in: node, 1...100_000) ?? setting.judgedPerDay
        if let value = node["judge"] {
            guard let name = value.scalar?.string, !name.isEmpty else {
                throw failure(
                    "`judge` of monitoring must name a model: one of this machine, ENDPOINT/MODEL, or a role.",
                    line: value.mark?.line)
            }
            setting.judge = name
        }
        if let value = node["text"] {
            // An unquoted `none` is a word; `~` is not.
            guard let text = value.scalar.flatMap({ MonitoringSetting.Text(rawValue: $0.string) }) else {
                throw failure("`text` of monitoring must be none, redacted or full.", line: value.mark?.line)
            }
            setting.text = text
        }
        if let value = node["alerts"] { setting.rules = try alertRules(value) }
        if let value = node["notify"] { setting.channels = try channels(value) }
        return setting
    }

    private func alertRules(_ node: Node) throws(EngineerError) -> [AlertRule] {
        let names = AlertRule.Measure.allCases.map(\.rawValue)
        try checkKeys(node, known: names, within: "alerts")
        var rules = AlertRule.usual
        for (key, value) in node.mapping ?? [:] {
            guard let measure = AlertRule.Measure(rawValue: key.string ?? "") else { continue }
            let usual = rules.first { $0.measure == measure }
            rules.removeAll { $0.measure == measure }
            if value.bool == false { continue }
            rules.append(try alertRule(value, usual ?? AlertRule(measure, target: 1)))
        }
        return rules
    }

    private func alertRule(_ node: Node, _ usual: AlertRule) throws(EngineerError) -> AlertRule {
        var rule = usual
        let line = node.mark?.line
        guard node.mapping != nil else {
            guard rule.measure != .cost, let target = node.float, target > 0, target < 1 else {
                throw failure(
                    rule.measure == .cost
                        ? "`cost` needs {usd_per_day: 5}, or false."
                        : "`\(rule.name)` must be the share that is to be good, such as 0.99, or a mapping, or false.",
                    line: line)
            }
            rule.target = target
            return rule
        }
        try checkKeys(
            node,
            known: ["target", "least"] + (rule.measure == .latency ? ["limit_ms"] : [])
                + (rule.measure == .cost ? ["usd_per_day"] : []), within: "alerts: \(rule.name)")
        rule.target = try number("target", in: node, 0.000_1...0.999_999) ?? rule.target
        rule.limitMilliseconds = try number("limit_ms", in: node, 0.001...3_600_000) ?? rule.limitMilliseconds
        rule.minimumBad = try integer("least", in: node, 1...1_000_000) ?? rule.minimumBad
        rule.dollarsPerDay = try dollars("usd_per_day", in: node)
        guard rule.measure != .cost || rule.dollarsPerDay != nil else {
            throw failure("`cost` needs `usd_per_day`: what a day may cost.", line: line)
        }
        return rule
    }

    private func channels(_ node: Node) throws(EngineerError) -> [AlertChannel] {
        guard let nodes = node.sequence else {
            throw failure(
                "`notify` must be a list, such as `[{webhook: \"https://hooks.example.org/neo\"}]`.",
                line: node.mark?.line)
        }
        var channels: [AlertChannel] = []
        for (position, node) in nodes.enumerated() {
            let channel = try channel(node, position + 1)
            guard !channels.contains(where: { $0.name == channel.name }) else {
                throw failure("Two entries of `notify` are called \"\(channel.name)\".", line: node.mark?.line)
            }
            channels.append(channel)
        }
        return channels
    }

    private func channel(_ node: Node, _ number: Int) throws(EngineerError) -> AlertChannel {
        let line = node.mark?.line
        try checkKeys(node, known: Self.channelKeys, within: "notify")
        let kind: AlertChannel.Kind
        switch (node["webhook"], node["mail"], node["command"]) {
        case (let url?, nil, nil):
            guard let text = url.scalar?.string, ExternalSetting.isAddress(text) else {
                throw failure(
                    "`webhook` must be an address such as https://hooks.example.org/neo, without a name or password in "
                        + "it; secrets go under `headers`.", line: line)
            }
            kind = .webhook(url: text, headers: try variables(node["headers"]))
        case (nil, let server?, nil):
            let to = node["to"].map { $0.scalar.map { [$0.string] } ?? $0.sequence?.compactMap(\.scalar?.string) ?? [] }
            guard let text = server.scalar?.string, text.wholeMatch(of: /smtps?:\/\/[A-Za-z0-9.\-\[\]:]{1,255}/) != nil,
                let from = node["from"]?.scalar?.string, let to, !to.isEmpty, ([from] + to).allSatisfy(Self.isMailbox)
            else {
                throw failure(
                    "`mail` must be a server such as smtps://mail.example.org, with `from: neo@example.org` and "
                        + "`to: [you@example.org]`.", line: line)
            }
            kind = .mail(
                server: text, from: from, to: to, user: try variable(node["user"]),
                password: try variable(node["password"]))
        case (nil, nil, let command?):
            let words = command.sequence?.compactMap(\.scalar?.string) ?? command.scalar.map { [$0.string] } ?? []
            guard words.first?.isEmpty == false, words.count == command.sequence?.count ?? 1 else {
                throw failure("`command` must be a list of words, such as [./tell.sh]; no shell reads it.", line: line)
            }
            kind = .command(words, isOutsideWalls: try flag("outside_walls", in: node) ?? false)
        default:
            throw failure("An entry of `notify` has one of `webhook`, `mail` and `command`.", line: line)
        }
        let name = node["name"]?.scalar?.string ?? "\(Self.word(of: kind)) \(number)"
        guard name.wholeMatch(of: /[A-Za-z0-9_. \-]{1,64}/) != nil else {
            throw failure(
                "The `name` of a channel has letters, digits, `-`, `_`, `.` and spaces, 64 at most.", line: line)
        }
        return AlertChannel(
            name: name, kind: kind, timeLimitSeconds: try self.number("timeout", in: node, 0.1...600) ?? 10)
    }

    private static func word(of kind: AlertChannel.Kind) -> String {
        switch kind {
        case .webhook: "webhook"
        case .mail: "mail"
        case .command: "command"
        }
    }

    /// What can stand in an envelope as it is: nothing that could end it and begin another command.
    private static func isMailbox(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,255}/) != nil
    }

    private func variables(_ node: Node?) throws(EngineerError) -> [String: String] {
        guard let node else { return [:] }
        guard let mapping = node.mapping else {
            throw failure("`headers` is a mapping such as {Authorization: HOOK_TOKEN}.", line: node.mark?.line)
        }
        var variables: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.string, name.wholeMatch(of: /[A-Za-z0-9\-_]{1,64}/) != nil else {
                throw failure("\"\(key.string ?? "")\" is no header.", line: key.mark?.line)
            }
            variables[name] = try variable(value)
        }
        return variables
    }

    /// A value in the file would be shared with the project.
    private func variable(_ node: Node?) throws(EngineerError) -> String? {
        guard let node else { return nil }
        guard let name = node.scalar?.string, name.wholeMatch(of: /[A-Z0-9_]{1,64}/) != nil else {
            throw failure(
                "Secrets stand in the environment: name the variable here, such as HOOK_TOKEN, not the value.",
                line: node.mark?.line)
        }
        return name
    }

    private func number(
        _ key: String, in node: Node, _ range: ClosedRange<Double>
    ) throws(EngineerError) -> Double? {
        guard let value = node[key] else { return nil }
        guard let number = value.float, range.contains(number) else {
            throw failure(
                "`\(key)` must be a number from \(JSONNumber.text(range.lowerBound)) to "
                    + "\(JSONNumber.text(range.upperBound)).", line: value.mark?.line)
        }
        return number
    }
}

private enum JSONNumber {
    /// `1` and not `1.0`.
    static func text(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
