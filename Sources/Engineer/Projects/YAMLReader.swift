internal import Base
internal import Documents
internal import Yams

/// Reads one YAML document and knows the lines of what it finds wrong.
struct YAMLReader {
    let file: String
    let root: Node
    /// What errors are of.
    var code = EngineerError.Code.invalidProjectFile

    /// - Parameter hint: how a file of this kind begins.
    static func parse(
        _ yaml: String, file: String, hint: String = "Start with `documents: [docs/**/*.md]`."
    ) throws(EngineerError) -> Node {
        do {
            guard let node = try compose(yaml: yaml) else { return Node.mapping([:]) }
            guard node.mapping != nil else {
                throw EngineerError(
                    code: .invalidProjectFile,
                    message: "\(file):1: This is no mapping of keys to values. \(hint)"
                )
            }
            return node
        } catch let error as EngineerError {
            throw error
        } catch {
            let line = (error as? YamlError).flatMap(Self.line(of:)) ?? 1
            throw EngineerError(
                code: .invalidProjectFile,
                message: "\(file):\(line): This is not valid YAML: \(error). Mend the line and run the command again."
            )
        }
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    func failure(_ sentence: String, at key: String) -> EngineerError {
        let node =
            root.mapping?.first { $0.key.string == key }?.key
            ?? root["search"]?.mapping?.first { $0.key.string == key }?.key
        return failure(sentence, line: node?.mark?.line)
    }

    func failure(_ sentence: String, line: Int?) -> EngineerError {
        EngineerError(code: code, message: "\(file):\(line ?? 1): \(sentence)")
    }

    func checkKeys(_ node: Node, known: [String], within place: String) throws(EngineerError) {
        guard let mapping = node.mapping else { throw failure("`\(place)` must be a mapping.", at: place) }
        for (key, _) in mapping {
            let name = key.string ?? ""
            guard !known.contains(name) else { continue }
            let hint = nearest(to: name, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
            throw failure(
                "The key \"\(name)\" is not known in \(place).\(hint) Known keys: \(known.joined(separator: ", ")).",
                line: key.mark?.line
            )
        }
    }

    func string(_ key: String) throws(EngineerError) -> String? {
        guard let node = root[key] else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else { throw failure("`\(key)` must be a word.", at: key) }
        return text
    }

    func strings(_ key: String) throws(EngineerError) -> [String] {
        guard let node = root[key] else {
            throw failure(
                "`\(key)` is missing. Say which files to search, e.g. `documents: [docs/**/*.md]`.", line: nil)
        }
        if let text = node.scalar?.string, !text.isEmpty { return [text] }
        let list = node.sequence?.compactMap { $0.scalar?.string } ?? []
        guard !list.isEmpty, list.count == node.sequence?.count else {
            throw failure("`\(key)` must be a list of file patterns.", at: key)
        }
        return list
    }

    func integer(_ key: String, in node: Node, _ range: ClosedRange<Int>) throws(EngineerError) -> Int? {
        guard let value = node[key] else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw failure("`\(key)` must be a whole number of at least \(range.lowerBound).", line: value.mark?.line)
        }
        return number
    }

    /// Files of configurations.
    func seeds(in node: Node) throws(EngineerError) -> [String] {
        guard let value = node["seeds"] else { return [] }
        let list = value.sequence?.compactMap { $0.scalar?.string } ?? value.scalar.map { [$0.string] } ?? []
        guard !list.isEmpty, list.count == value.sequence?.count ?? 1, !list.contains("") else {
            throw failure("`seeds` must be a list of files, such as `[winner.yaml]`.", at: "seeds")
        }
        // The next search would find another trial under the same number, and be another study.
        if let moving = list.first(where: { ["winner", "default"].contains($0) || $0.hasPrefix("trial:") }) {
            throw failure(
                "`seeds` lists files, and \(moving) is none: it is another one after each search. Write it to a file with "
                    + "`neo export config`, or say `neo search --seed-from \(moving)` once.", at: "seeds")
        }
        return list
    }

    func dollars(_ key: String, in node: Node) throws(EngineerError) -> Double? {
        guard let value = node[key] else { return nil }
        guard let number = value.float, number > 0, number.isFinite else {
            throw failure("`\(key)` must be dollars, more than 0, such as 2.50.", at: key)
        }
        return number
    }

    func flag(_ key: String, in node: Node) throws(EngineerError) -> Bool? {
        guard let value = node[key] else { return nil }
        guard let flag = value.bool else { throw failure("`\(key)` must be true or false.", at: key) }
        return flag
    }

    func parsers(_ node: Node) throws(EngineerError) -> ParserSettings {
        guard let mapping = node.mapping else {
            throw failure(
                "`parsers` must be a mapping from file suffixes to commands, such as `docx: markitdown {input}`.",
                at: "parsers")
        }
        var named: [String: [String]] = [:]
        for (key, value) in mapping {
            let names = value.scalar.map { [$0.string] } ?? value.sequence?.map { $0.scalar?.string }
            let format = key.string ?? ""
            guard let names, !names.contains(nil) else {
                throw failure(
                    "The parser of \(format) must be a command such as \"markitdown {input}\", or a list of them. Put "
                        + "quotes around a command that begins with {.",
                    line: key.mark?.line)
            }
            do {
                let parsers = names.compactMap { $0 }
                _ = try ParserSettings([format: parsers])
                named[format] = parsers
            } catch {
                throw failure(error.message, line: key.mark?.line)
            }
        }
        do {
            return try ParserSettings(named)
        } catch {
            throw failure(error.message, at: "parsers")
        }
    }

    /// A whole node, with mappings; what stands in quotes is text.
    func whole(_ node: Node) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            .object(
                Dictionary(
                    mapping.map { ($0.key.string ?? "", whole($0.value)) }, uniquingKeysWith: { _, later in later }))
        case .sequence(let list): .array(list.map(whole))
        case .scalar(let scalar) where scalar.style == .plain: (try? json(node)) ?? .string(scalar.string)
        case .scalar(let scalar): .string(scalar.string)
        default: .null
        }
    }

    func json(_ node: Node) throws(EngineerError) -> JSONValue {
        switch node {
        case .scalar:
            if let value = node.bool { return .bool(value) }
            if let value = node.int { return .integer(value) }
            if let value = node.float { return .number(value) }
            return .string(node.scalar?.string ?? "")
        case .sequence(let list):
            var values: [JSONValue] = []
            for element in list { values.append(try json(element)) }
            return .array(values)
        default: throw failure("A parameter must have a value, or a list of values.", line: node.mark?.line)
        }
    }
}
