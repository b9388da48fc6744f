package import Base

/// A hook, as configuration writes it. Only the user's own configuration can have them.
package struct HookSetting: Sendable, Hashable {
    private static let keys = ["event", "command", "tools", "timeout", "outside_walls"]

    /// One of `HookEvent.names`.
    package var event: String
    /// A line for `sh`.
    package var command: String
    /// The tools that it is about; all, where nil.
    package var tools: [String]?
    package var timeLimitSeconds: Double
    /// Whether it may do all that the user may.
    package var isOutsideWalls: Bool

    package init(
        event: String, command: String, tools: [String]? = nil, timeLimitSeconds: Double = 30,
        isOutsideWalls: Bool = false
    ) {
        self.event = event
        self.command = command
        self.tools = tools
        self.timeLimitSeconds = timeLimitSeconds
        self.isOutsideWalls = isOutsideWalls
    }

    /// Reads the list under `hooks:`.
    package static func settings(from json: JSONValue, in place: String) throws(AgentsError) -> [HookSetting] {
        guard let list = json.array else {
            throw AgentsError(.usage, "\(place): `hooks` must be a list, such as {event: stop, command: ./done.sh}.")
        }
        var settings: [HookSetting] = []
        for (position, entry) in list.enumerated() {
            func wrong(_ what: String) -> AgentsError {
                AgentsError(.usage, "\(place): hooks, number \(position + 1) \(what).")
            }
            guard let fields = entry.object else { throw wrong("is no mapping of keys to values") }
            if let key = fields.keys.sorted().first(where: { !keys.contains($0) }) {
                throw wrong("has the unknown key \"\(key)\"; keys are \(keys.joined(separator: ", "))")
            }
            guard let event = fields["event"]?.string, HookEvent.names.contains(event) else {
                throw wrong("needs an `event`: \(HookEvent.names.joined(separator: ", "))")
            }
            guard let command = fields["command"]?.string, !command.isEmpty else { throw wrong("needs a `command`") }
            var setting = HookSetting(event: event, command: command)
            if let tools = fields["tools"] {
                let names = tools.string.map { [$0] } ?? (tools.array ?? []).compactMap(\.string)
                guard !names.isEmpty, event.hasSuffix("_tool") else {
                    throw wrong("has `tools`, which must name tools, for before_tool and after_tool")
                }
                setting.tools = names
            }
            if let timeout = fields["timeout"] {
                guard let seconds = timeout.number, (0.1...3_600).contains(seconds) else {
                    throw wrong("has a `timeout` that is no number of seconds between 0.1 and 3600")
                }
                setting.timeLimitSeconds = seconds
            }
            if let outside = fields["outside_walls"] {
                guard let flag = outside.bool else { throw wrong("has an `outside_walls` that is not true or false") }
                setting.isOutsideWalls = flag
            }
            settings.append(setting)
        }
        return settings
    }
}
