internal import Base

/// A call as a model wrote it into its text.
struct WrittenCall: Sendable, Hashable {
    /// The tool; may be one that does not exist.
    var name: String
    /// The arguments.
    var arguments: [String: JSONValue]
}

/// Reads calls from values, in the forms that models were trained on.
struct WrittenCallReader {
    /// The tools that may be called. Where nothing but its form tells a call from any other text, its tool must be one of
    /// them.
    let tools: [String: ToolDefinition]

    /// A reader for the tools of a request.
    init(_ tools: [ToolDefinition]) {
        self.tools = Dictionary(tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let nameKeys = ["name", "function", "tool", "tool_name", "function_name"]
    private static let argumentKeys = ["arguments", "parameters", "args", "input", "tool_input"]

    /// The first keys of objects that are calls.
    static let firstKeys: Set<String> = Set(nameKeys + argumentKeys + ["type", "id", "tool_calls"])

    /// The calls that a value stands for; nil where it stands for something else.
    ///
    /// - Parameter isMarked: whether the text said that a call follows; then the tool may be any.
    func calls(from value: JSONValue, isMarked: Bool) -> [WrittenCall]? {
        switch value {
        case .array(let elements):
            let calls = elements.compactMap { call(from: $0, isMarked: isMarked) }
            return calls.isEmpty || calls.count != elements.count ? nil : calls
        case .object(let members):
            if let calls = members["tool_calls"], calls.array != nil {
                return self.calls(from: calls, isMarked: isMarked)
            }
            return call(from: value, isMarked: isMarked).map { [$0] }
        default: return nil
        }
    }

    private func call(from value: JSONValue, isMarked: Bool) -> WrittenCall? {
        if let inner = value["function"], inner.object != nil { return call(from: inner, isMarked: isMarked) }
        guard let written = Self.nameKeys.lazy.compactMap({ value[$0]?.string }).first, !written.isEmpty else {
            return nil
        }
        let name = known(written)
        let arguments = Self.argumentKeys.lazy.compactMap { value[$0] }.first
        guard isMarked || tools[name] != nil && arguments != nil else { return nil }
        return self.arguments(arguments).map { WrittenCall(name: name, arguments: $0) }
    }

    /// The tool that a name means: protocols take underscores in the place of dots, and models write the dots again.
    private func known(_ name: String) -> String {
        let plain = String(name.map { $0 == "." ? "_" : $0 })
        return tools[name] == nil && tools[plain] != nil ? plain : name
    }

    /// An object, or one that was written as a text; nil where it is neither.
    private func arguments(_ value: JSONValue?) -> [String: JSONValue]? {
        switch value {
        case nil, .null: return [:]
        case .object(let members): return members
        case .string(let text):
            if text.utf8.allSatisfy(\.isSpace) { return [:] }
            return LooseScanner.whole(text)?.object
        default: return nil
        }
    }
}
