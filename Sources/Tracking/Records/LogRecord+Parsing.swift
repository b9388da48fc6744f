internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension LogRecord {
    /// The most metrics that one record may name.
    static let maximumMetrics = 20_000
    /// The most bytes of a name.
    static let maximumName = 512

    /// Reads one line of the inbox; a line of several kinds of values, such as numbers beside words, is several records.
    ///
    /// - Throws: ``TrackingError`` with what is wrong; ``JSONFault``.
    package static func records(ofLine bytes: UnsafeRawBufferPointer) throws -> [LogRecord] {
        guard let members = try JSONValue(parsing: bytes).object else {
            throw TrackingError(.invalid, "A record is a JSON object.")
        }
        return try records(members)
    }

    static func records(_ members: [String: JSONValue]) throws -> [LogRecord] {
        if let version = members["v"]?.integer, version != 1 {
            throw TrackingError(.invalid, "Version \(version) of the record is not known; this Neo reads version 1.")
        }
        let name = try text("run", members)
        // Who writes for itself may name its run and leave the id away.
        guard let id = try text("run_id", members) ?? name else {
            throw TrackingError(.invalid, "The record names no run: `run_id` is missing.")
        }
        var record = LogRecord(
            run: try RunID(id), name: name, project: try text("project", members), step: try step(members["step"]),
            time: try time(members["timestamp"]), content: .metrics([:]))
        let kind = members["kind"]?.string ?? "metric"
        switch kind {
        case "metric": return try record.withMetrics(of: members) { .metrics($0) }
        case "system_metric": return try record.withMetrics(of: members) { .systemMetrics($0) }
        case "run": record.content = .run(try RunFacts(members))
        case "text", "table", "image", "artifact": record.content = .entry(try RunEntry(kind, members))
        case "alert": record.content = .alert(try RunAlert(members))
        case "end":
            guard let status = Run.Status(rawValue: members["status"]?.string ?? "finished"), status != .running else {
                throw TrackingError(.invalid, "An end's `status` is finished, failed, stopped or crashed.")
            }
            record.content = .end(status, failure: members["failure"]?.string)
        default: throw TrackingError(.invalid, "`kind` is `\(kind.prefix(40))`, which is none.")
        }
        return [record]
    }

    /// Numbers are metrics; what nests is named `outer/inner`; words and lists become texts, as nothing may be lost.
    private func withMetrics(
        of members: [String: JSONValue], _ content: ([String: Double]) -> Content
    ) throws -> [LogRecord] {
        guard let values = members["metrics"]?.object else {
            throw TrackingError(.invalid, "`metrics` is an object of names and numbers.")
        }
        var records: [LogRecord] = []
        var numbers: [String: Double] = [:]
        numbers.reserveCapacity(values.count)
        var texts: [(String, JSONValue)] = []
        try Self.flatten(values, prefix: "", depth: 0, into: &numbers, texts: &texts)
        guard numbers.count <= Self.maximumMetrics else {
            throw TrackingError(.invalid, "A record names at most \(Self.maximumMetrics) metrics.")
        }
        if let facts = members["config"]?.object, !facts.isEmpty {
            var first = self
            first.content = .run(RunFacts(configuration: .object(facts)))
            records.append(first)
        }
        if !numbers.isEmpty || texts.isEmpty {
            var record = self
            record.content = content(numbers)
            records.append(record)
        }
        for (key, value) in texts {
            var record = self
            record.content = .entry(RunEntry(kind: .text, key: key, content: value.string ?? value.canonicalText))
            records.append(record)
        }
        return records
    }

    private static func flatten(
        _ values: [String: JSONValue], prefix: String, depth: Int, into numbers: inout [String: Double],
        texts: inout [(String, JSONValue)]
    ) throws {
        for (key, value) in values {
            let name = prefix.isEmpty ? key : prefix + "/" + key
            guard (1...maximumName).contains(name.utf8.count) else {
                throw TrackingError(.invalid, "A metric's name has 1 to \(maximumName) bytes.")
            }
            switch value {
            case .integer(let number): numbers[name] = Double(number)
            case .number(let number): numbers[name] = number
            case .bool(let flag): numbers[name] = flag ? 1 : 0
            case .string("NaN"), .null: numbers[name] = .nan
            case .string("Infinity"): numbers[name] = .infinity
            case .string("-Infinity"): numbers[name] = -.infinity
            case .object(let inner) where depth < 8 && inner["_type"] == nil:
                try flatten(inner, prefix: name, depth: depth + 1, into: &numbers, texts: &texts)
            case .string, .array, .object: texts.append((name, value))
            }
        }
    }

    private static func text(_ key: String, _ members: [String: JSONValue]) throws -> String? {
        guard let value = members[key], value != .null else { return nil }
        guard let text = value.string, text.utf8.count <= maximumName else {
            throw TrackingError(.invalid, "`\(key)` is a text of at most \(maximumName) bytes.")
        }
        return text.isEmpty ? nil : text
    }

    private static func step(_ value: JSONValue?) throws -> Int? {
        guard let value, value != .null else { return nil }
        guard let step = value.integer else { throw TrackingError(.invalid, "`step` is a whole number.") }
        return step
    }

    /// Seconds since 1970, or a date of ISO 8601.
    private static func time(_ value: JSONValue?) throws -> Double? {
        guard let value, value != .null else { return nil }
        if let seconds = value.number, seconds.isFinite { return seconds }
        if let text = value.string, let seconds = ISOTime.seconds(of: text) { return seconds }
        throw TrackingError(
            .invalid, "`timestamp` is seconds since 1970, or a date such as 2026-11-22T04:28:35.250Z.")
    }
}

extension RunFacts {
    init(_ members: [String: JSONValue]) throws {
        if let value = members["config"], value.object == nil, value != .null {
            throw TrackingError(.invalid, "`config` is an object.")
        }
        let origin = RunOrigin(
            commit: members["git_commit"]?.string, isDirty: members["git_dirty"]?.bool, host: members["host"]?.string,
            hardware: members["hardware"], command: (members["command"]?.array ?? []).compactMap(\.string),
            seed: members["seed"].flatMap {
                $0.string.flatMap { UInt64($0) } ?? $0.integer.flatMap { UInt64(exactly: $0) }
            })
        self.init(
            kind: members["run_kind"]?.string, group: members["group"]?.string,
            parent: try members["parent"]?.string.map { text throws(TrackingError) in try RunID(text) },
            configuration: members["config"]?.object.map { .object($0) },
            tags: members["tags"]?.array?.compactMap(\.string), origin: origin, notes: members["notes"]?.string,
            writer: members["writer"]?.string)
    }
}

extension RunEntry {
    init(_ kind: String, _ members: [String: JSONValue]) throws {
        guard let kind = Kind(rawValue: kind), let key = members["key"]?.string,
            (1...LogRecord.maximumName).contains(key.utf8.count)
        else { throw TrackingError(.invalid, "A \(kind) has a `key` of 1 to \(LogRecord.maximumName) bytes.") }
        let hash = try members["hash"]?.string.map { text in
            guard let hash = ContentHash(hex: text) else {
                throw TrackingError(.invalid, "`hash` is a SHA-256 in 64 hexadecimal digits.")
            }
            return hash
        }
        var content = members["content"]?.string
        if kind == .table, content == nil, let columns = members["columns"], let rows = members["rows"] {
            content = JSONValue.object(["columns": columns, "rows": rows]).canonicalText
        }
        guard let content else { throw TrackingError(.invalid, "A \(kind.rawValue) has a text as its `content`.") }
        self.init(
            kind: kind, key: key, content: content, hash: hash, bytes: members["bytes"]?.integer,
            mediaType: members["media_type"]?.string)
    }
}

extension RunAlert {
    init(_ members: [String: JSONValue]) throws {
        guard let title = members["title"]?.string, !title.isEmpty else {
            throw TrackingError(.invalid, "An alert has a `title`.")
        }
        let word = members["level"]?.string?.lowercased() ?? "warn"
        guard let level = Level(rawValue: word) else {
            throw TrackingError(.invalid, "An alert's `level` is info, warn or error.")
        }
        self.init(level: level, title: title, text: members["text"]?.string, rule: members["rule"]?.string)
    }
}
