/// A text with places for others: `{topic}`, and `{base64:order}` for one in disguise; `{{` and `}}` are braces.
struct ProbeTemplate {
    let text: String

    /// The text with all places filled; what is not known stays.
    func filled(_ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            result += rest[..<brace]
            let after = rest[rest.index(after: brace)...]
            if after.first == rest[brace] {
                result.append(rest[brace])
                rest = after.dropFirst()
            } else if rest[brace] == "{", let end = after.firstIndex(of: "}"),
                let value = Self.value(after[..<end], values)
            {
                result += value
                rest = after[after.index(after: end)...]
            } else {
                result.append(rest[brace])
                rest = after
            }
        }
        return result + rest
    }

    private static func value(_ place: Substring, _ values: [String: String]) -> String? {
        let parts = place.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return values[String(place)] }
        guard let disguise = Disguise(rawValue: String(parts[0])) else { return nil }
        return values[String(parts[1])].map { disguise.apply(to: $0) }
    }
}
