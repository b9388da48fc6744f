internal import Base

extension LogRecord {
    /// The record as one line of JSON, without its end.
    package var line: String {
        switch content {
        case .metrics(let values): figures(values, kind: "metric")
        case .systemMetrics(let values): figures(values, kind: "system_metric")
        case .run, .entry, .alert, .end: JSONValue.object(members).canonicalText
        }
    }

    /// The canonical text of such a record, made without a value of JSON: figures come by the million.
    private func figures(_ values: [String: Double], kind: StaticString) -> String {
        var text = "{\"kind\":\"\(kind)\",\"metrics\":{"
        var isFirst = true
        for (name, value) in values.count > 1 ? values.sorted(by: { $0.key < $1.key }) : Array(values) {
            if !isFirst { text += "," }
            isFirst = false
            JSONValue.quote(name, into: &text)
            text += ":"
            text += JSONValue.digits(of: value)
        }
        text += "}"
        Self.append("project", project, to: &text)
        Self.append("run", name, to: &text)
        Self.append("run_id", run.text, to: &text)
        if let step { text += ",\"step\":\(step)" }
        if let time { text += ",\"timestamp\":" + JSONValue.digits(of: time) }
        return text + ",\"v\":1}"
    }

    private static func append(_ key: StaticString, _ value: String?, to text: inout String) {
        guard let value else { return }
        text += ",\"\(key)\":"
        JSONValue.quote(value, into: &text)
    }

    /// The members of all but figures.
    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["v": 1, "run_id": .string(run.text)]
        members["run"] = name.map { .string($0) }
        members["project"] = project.map { .string($0) }
        members["step"] = step.map { .integer($0) }
        members["timestamp"] = time.map { .number($0) }
        switch content {
        case .run(let facts):
            members["kind"] = "run"
            members.merge(facts.members) { _, new in new }
        case .metrics, .systemMetrics: break
        case .entry(let entry):
            members["kind"] = .string(entry.kind.rawValue)
            members["key"] = .string(entry.key)
            members["content"] = .string(entry.content)
            members["hash"] = entry.hash.map { .string($0.hex) }
            members["bytes"] = entry.bytes.map { .integer($0) }
            members["media_type"] = entry.mediaType.map { .string($0) }
        case .alert(let alert):
            members["kind"] = "alert"
            members["level"] = .string(alert.level.rawValue)
            members["title"] = .string(alert.title)
            members["text"] = alert.text.map { .string($0) }
            members["rule"] = alert.rule.map { .string($0) }
        case .end(let status, let failure):
            members["kind"] = "end"
            members["status"] = .string(status.rawValue)
            members["failure"] = failure.map { .string($0) }
        }
        return members
    }
}

extension RunFacts {
    fileprivate var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        members["run_kind"] = kind.map { .string($0) }
        members["group"] = group.map { .string($0) }
        members["parent"] = parent.map { .string($0.text) }
        members["config"] = configuration
        members["tags"] = tags.map { .array($0.map { .string($0) }) }
        members["notes"] = notes.map { .string($0) }
        members["writer"] = writer.map { .string($0) }
        members["git_commit"] = origin.commit.map { .string($0) }
        members["git_dirty"] = origin.isDirty.map { .bool($0) }
        members["host"] = origin.host.map { .string($0) }
        members["hardware"] = origin.hardware
        members["command"] = origin.command.isEmpty ? nil : .array(origin.command.map { .string($0) })
        // As a text: JSON's numbers have 53 bits.
        members["seed"] = origin.seed.map { .string(String($0)) }
        return members
    }
}
