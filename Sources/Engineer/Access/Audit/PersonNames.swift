/// How names of people are compared: without what stands around them, in whatever case.
enum PersonNames {
    static func normalized(_ name: String) -> String { trimmed(name).lowercased() }

    static func trimmed(_ name: String) -> String {
        let end = name.reversed().drop { $0.isWhitespace }
        return String(end.reversed().drop { $0.isWhitespace })
    }
}
