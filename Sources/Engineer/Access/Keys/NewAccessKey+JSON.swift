package import Base
internal import Storage

extension NewAccessKey {
    /// The fields of `neo access keys add --json`: the only place where the key stands.
    package var json: JSONValue {
        [
            "key": .string(text), "id": .string(record.id), "name": .string(record.name),
            "scopes": .array(record.scopes.map { .string($0) }), "groups": .array(record.groups.map { .string($0) }),
            "per_minute": record.perMinute.map { .integer($0) } ?? .null,
            "per_day": record.perDay.map { .integer($0) } ?? .null,
            "expires": record.expires.map { .string($0) } ?? .null,
        ]
    }
}
