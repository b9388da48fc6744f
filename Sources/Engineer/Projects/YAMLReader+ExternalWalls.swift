internal import Sandbox
internal import Yams

extension YAMLReader {
    private static let wallKeys = ["walls", "read", "write", "net", "environment"]

    /// What opens the walls around a program, or takes them away.
    func externalWalls(_ node: Node, _ setting: ExternalSetting) throws(EngineerError) -> ExternalWalls {
        var walls = ExternalWalls()
        for key in Self.wallKeys {
            guard let value = node[key] else { continue }
            let line = value.mark?.line
            guard case .command = setting.source else {
                throw failure(
                    "`\(key)` is about the walls around a `command`; a `url` is a server that you start.", line: line)
            }
            if key == "walls" {
                guard value.scalar?.string == "none" else {
                    throw failure("`walls` can only be none; without it the program runs inside walls.", line: line)
                }
                walls.isOff = true
                continue
            }
            let words = value.sequence?.map { $0.scalar?.string ?? "" } ?? []
            guard !words.isEmpty, !words.contains("") else {
                throw failure("`\(key)` must be a list of words, such as [\(Self.example(key))].", line: line)
            }
            switch key {
            case "read": walls.read = words
            case "write": walls.write = words
            case "net": walls.net = words
            default: walls.environment = words
            }
        }
        if walls.isOff, walls != Self.off {
            throw failure(
                "\(setting.name) has `walls: none`, so there is nothing for `read`, `write`, `net` and `environment` to "
                    + "open: leave one or the other out.",
                line: node["walls"]?.mark?.line)
        }
        if let name = walls.environment.first(where: { $0.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]{0,63}/) == nil }) {
            throw failure(
                "\"\(name.prefix(64))\" under `environment` is no name of a variable.",
                line: node["environment"]?.mark?.line)
        }
        do { _ = try walls.network() } catch { throw failure(error.message, line: node["net"]?.mark?.line) }
        return walls
    }

    private static var off: ExternalWalls {
        var walls = ExternalWalls()
        walls.isOff = true
        return walls
    }

    private static func example(_ key: String) -> String {
        switch key {
        case "net": "api.openai.com"
        case "environment": "OPENAI_API_KEY"
        default: "index"
        }
    }
}
