package import Base

extension Run {
    /// Its configuration with nested settings under one name each: `model/layers`.
    package var settings: [String: JSONValue] { Self.flat(configuration) }

    /// Those settings in which runs differ, by name, each with the value of every run.
    package static func differences(of runs: [Run]) -> [(name: String, values: [JSONValue?])] {
        let settings = runs.map(\.settings)
        return Set(settings.flatMap(\.keys)).sorted().compactMap { name in
            let values = settings.map { $0[name] }
            return Set(values).count > 1 ? (name, values) : nil
        }
    }

    private static func flat(_ value: JSONValue, prefix: String = "") -> [String: JSONValue] {
        guard let members = value.object else { return [prefix: value] }
        return members.reduce(into: [:]) { all, member in
            let name = prefix.isEmpty ? member.key : prefix + "/" + member.key
            all.merge(flat(member.value, prefix: name)) { _, new in new }
        }
    }
}
