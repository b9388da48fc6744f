import Base
import LanguageModels

/// Texts as models of several families write them, and the tools that they were offered.
enum WrittenCallTexts {
    static let tools = [
        ToolDefinition(
            name: "weather", description: "The weather in a city.",
            parameters: [
                "type": "object",
                "properties": ["city": ["type": "string"]], "required": ["city"],
            ]),
        ToolDefinition(
            name: "search_files", description: "Searches.",
            parameters: [
                "type": "object",
                "properties": [
                    "pattern": ["type": "string"], "limit": ["type": "integer"], "deep": ["type": "boolean"],
                ],
            ]),
    ]

    /// Texts by family; each has a name.
    static let families: [(family: String, texts: [(name: String, text: String)])] = [
        ("hermes", hermes), ("qwen-coder", qwenCoder), ("mistral", mistral), ("llama", llama), ("python", python),
        ("json", json), ("doubled-braces", doubledBraces), ("no-calls", noCalls),
    ]

    /// Texts for a model that was told that it may write command lines into fences; each has a name.
    static let fences = [
        (
            "one",
            "I write it.\n\n```bash\nprintf 'print(\"hello\")\\n' > hello.py\npython3 hello.py\n```\nThen it is done."
        ),
        ("two, in other words for a shell", "```sh\nls\n```\n\n```shell\npwd\n```"),
        (
            "a call of another form counts alone",
            "```bash\nls\n```\n<tool_call>{\"name\": \"shell\", \"arguments\": {\"command\": \"pwd\"}}</tool_call>"
        ),
        ("another language", "```python\nprint(1)\n```\n```console\n$ ls\n```"),
        ("never closed", "```bash\nls"),
        ("empty", "```bash\n\n```"),
        ("in a sentence", "Write ```bash or `sh` first."),
        ("a fence in the command", "```bash\ncat <<'EOF'\n```inner\nEOF\n```"),
    ]
    static let shell = ToolDefinition(
        name: "shell", description: "Runs a command line.",
        parameters: [
            "type": "object", "required": ["command"],
            "properties": ["command": ["type": "string"], "timeout_seconds": ["type": "integer"]],
        ])

    private static let doubledBraces = [
        ("all of them", #"{{"name": "weather", "arguments": {{"city": "Rome"}}}}"#),
        ("the outer ones", #"{{"name": "weather", "arguments": {"city": "Rome"}}}"#),
        ("the inner ones", #"{"name": "weather", "arguments": {{"city": "Rome"}}}"#),
        ("in a tag", "<tool_call>\n{{\"name\": \"weather\", \"arguments\": {{\"city\": \"Rome\"}}}}\n</tool_call>"),
        ("in a fence", "```json\n{{ \"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"} }}\n```"),
        ("one brace short", #"{{"name": "weather", "arguments": {{"city": "Rome"}}"#),
        ("a template's text", "Write {{name}} or {{ name }}.\n{{name}}"),
    ]

    private static let hermes = [
        ("one", "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}\n</tool_call>"),
        (
            "words before and behind",
            "I will look.\n\n<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"Zürich\"}}</tool_call>\nOne moment."
        ),
        (
            "two",
            """
            <tool_call>
            {"name": "weather", "arguments": {"city": "Rome"}}
            </tool_call>
            <tool_call>
            {"name": "search_files", "arguments": {"pattern": "*.md", "limit": 3}}
            </tool_call>
            """
        ),
        ("never closed", "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}"),
        (
            "closed by the wrong tag",
            "<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}<tool_call>"
        ),
        ("arguments as a text", #"<tool_call>{"name": "weather", "arguments": "{\"city\": \"Rome\"}"}</tool_call>"#),
        (
            "Python's quotes",
            "<tool_call>{'name': 'search_files', 'arguments': {'deep': True, 'limit': None,}}</tool_call>"
        ),
        ("a tool that is not there", "<tool_call>{\"name\": \"wether\", \"arguments\": {}}</tool_call>"),
        (
            "a fence inside",
            "<tool_call>\n```json\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}\n```\n</tool_call>"
        ),
        (
            "a line break in a text",
            "<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"Ro\nme\"}}</tool_call>"
        ),
        (
            "an end token",
            "<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"\\u00c5rhus \\ud83d\\ude00\"}}</tool_call><|im_end|>"
        ),
        ("cut short", "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Ro"),
    ]

    private static let qwenCoder = [
        (
            "parameters between tags",
            """
            <tool_call>
            <function=search_files>
            <parameter=pattern>
            7
            </parameter>
            <parameter=limit>
            7
            </parameter>
            <parameter=deep>
            true
            </parameter>
            </function>
            </tool_call>
            """
        ),
        (
            "lines and signs in a text",
            "<function=weather>\n<parameter=city>\nif a < b:\n    print(\"</tool_call>\")\n</parameter>\n</function>"
        ),
        ("no end", "<function=weather><parameter=city>Rome"),
    ]

    private static let mistral = [
        ("a list", #"[TOOL_CALLS][{"name": "weather", "arguments": {"city": "Rome"}}]"#),
        ("ids", #"[TOOL_CALLS] [{"name": "weather", "arguments": {"city": "Rome"}, "id": "VvvODy9mT"}]</s>"#),
        ("newer", #"[TOOL_CALLS]weather[ARGS]{"city": "Rome"}[TOOL_CALLS]search_files[ARGS]{"limit": 2}"#),
        ("newer with ids", #"[TOOL_CALLS]weather[CALL_ID]9YyFWgsGL[ARGS]{"city": "Rome"}"#),
        ("hidden tokens", #"[TOOL_CALLS]weather{"city": "Rome"}"#),
        ("words before", #"Let me see. [TOOL_CALLS][{"name": "weather", "arguments": {"city": "Rome"}}]"#),
    ]

    private static let llama = [
        ("bare", #"{"name": "weather", "parameters": {"city": "Rome"}}"#),
        ("bare with a type", #"{"type": "function", "name": "weather", "parameters": {"city": "Rome"}}<|eot_id|>"#),
        (
            "two with a semicolon",
            #"{"name": "weather", "parameters": {"city": "Rome"}}; {"name": "weather", "parameters": {"city": "Oslo"}}"#
        ),
        ("python_tag", #"<|python_tag|>{"name": "weather", "parameters": {"city": "Rome"}}<|eom_id|>"#),
        ("a method", #"<|python_tag|>brave_search.call(query="weather in Rome")"#),
        ("function tag", #"<function=weather>{"city": "Rome"}</function>"#),
        ("words behind", "{\"name\": \"weather\", \"parameters\": {\"city\": \"Rome\"}}\n\nThis asks for the weather."),
    ]

    private static let python = [
        ("a list", "[weather(city=\"Rome\"), search_files(pattern='*.md', limit=3, deep=True)]"),
        ("tagged", "<|python_start|>[weather(city=\"Rome\")]<|python_end|>"),
        ("fenced", "```tool_code\nweather(city=\"Rome\")\n```"),
        ("alone", "weather(city=\"Rome\")"),
        ("by position", "[weather(\"Rome\")]"),
        ("a module", "functions.weather(city=\"Rome\")"),
        ("values", "[search_files(pattern=\"a, b) ]\", limit=-2, deep=False,)]"),
        ("several by position", "[search_files(\"a\", 3)]"),
    ]

    private static let json = [
        ("fenced", "Sure:\n```json\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}\n```\nDone."),
        ("fenced, a list", "```\n[{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}]\n```"),
        ("in a line of its own", "Here it is:\n  {\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}"),
        (
            "OpenAI's",
            #"{"tool_calls": [{"type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Rome\"}"}}]}"#
        ),
        ("in several lines", "{\n  \"name\": \"weather\",\n  \"arguments\": {\n    \"city\": \"Rome\"\n  }\n}"),
    ]

    private static let noCalls = [
        (
            "prose",
            "The weather in Rome is fine; weather (see below) changes. Call weather(city) if a < b, or [1] or {x}."
        ),
        ("a sentence that begins like a call", "weather(city) is a function."),
        ("other JSON", #"{"name": "Rome", "arguments": {"city": "Rome"}}"#),
        ("data", #"{"city": "Rome", "degrees": 25}"#),
        ("an example in a fence", "```python\nweather(city=\"Rome\")  # asks\nprint(1)\n```"),
        ("code", "```swift\nlet a = [1]\n```"),
        ("a marker without a call", "The tag <tool_call> begins a call, [TOOL_CALLS] too."),
        ("a footnote", "[1] weather\n[weather] is a word"),
        ("nothing", ""),
        ("blanks", " \n\n "),
    ]
}
