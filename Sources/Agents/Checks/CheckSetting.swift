package import Base

/// A check of a project, as `neo.yaml` writes it: a command line that ends with 0 where all is well.
package struct CheckSetting: Sendable, Hashable {
    package var name: String
    package var command: String
    package var timeLimitSeconds: Double

    package init(name: String, command: String, timeLimitSeconds: Double = 300) {
        self.name = name
        self.command = command
        self.timeLimitSeconds = timeLimitSeconds
    }

    /// Reads what stands under `checks:`: names with command lines, or a list of `name`, `command` and `timeout`.
    package static func settings(from json: JSONValue, in place: String) throws(AgentsError) -> [CheckSetting] {
        if let named = json.object {
            return try settings(
                from: .array(named.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "command": $0.value] }),
                in: place)
        }
        guard let list = json.array else {
            throw AgentsError(
                .usage, "\(place): `checks` must name command lines, such as `checks: {tests: make test}`.")
        }
        var settings: [CheckSetting] = []
        for (position, entry) in list.enumerated() {
            func wrong(_ what: String) -> AgentsError {
                AgentsError(.usage, "\(place): checks, number \(position + 1) \(what).")
            }
            guard let command = entry["command"]?.string, !command.isEmpty else { throw wrong("needs a `command`") }
            guard let name = entry["name"]?.string, !name.isEmpty, !settings.contains(where: { $0.name == name }) else {
                throw wrong("needs a `name` that no other has")
            }
            if let key = entry.object?.keys.sorted().first(where: { !["name", "command", "timeout"].contains($0) }) {
                throw wrong("has the unknown key \"\(key)\"; keys are name, command, timeout")
            }
            let seconds = entry["timeout"].map { $0.number ?? 0 } ?? 300
            guard (0.1...3_600).contains(seconds) else {
                throw wrong("has a `timeout` that is no number of seconds between 0.1 and 3600")
            }
            settings.append(CheckSetting(name: name, command: command, timeLimitSeconds: seconds))
        }
        return settings
    }
}
