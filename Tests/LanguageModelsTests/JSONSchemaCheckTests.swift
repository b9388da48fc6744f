import Base
import LanguageModels
import Testing

@Suite struct JSONSchemaCheckTests {
    static let answer: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["verdict", "reason"],
        "properties": [
            "verdict": ["enum": ["yes", "no"]], "reason": ["type": "string"],
            "score": ["type": "integer", "minimum": 1, "maximum": 5],
            "quotes": ["type": "array", "items": ["type": "string"], "minItems": 1, "maxItems": 2],
            "source": ["anyOf": [["type": "null"], ["type": "object", "required": ["line"]]]],
            "kind": ["const": 1],
        ],
    ]

    @Test(
        arguments: [
            (#"{"verdict": "yes", "reason": "so"}"#, []),
            (#"{"verdict": "yes", "reason": "so", "score": 3.0, "kind": 1.0, "source": null, "quotes": ["a"]}"#, []),
            ("[]", ["$ is a list, which is no object"]),
            ("{}", ["$.verdict is missing", "$.reason is missing"]),
            (
                #"{"verdict": "perhaps", "reason": 7, "extra": 1}"#,
                [
                    "$.extra should not be there", "$.reason is 7, which is no string",
                    #"$.verdict is "perhaps", which is none of "yes", "no""#,
                ]
            ),
            (
                #"{"verdict": "no", "reason": "", "score": 6, "quotes": [], "kind": true}"#,
                ["$.kind is true, not 1", "$.quotes has 0 elements, fewer than 1", "$.score is 6, more than 5"]
            ),
            (
                #"{"verdict": "no", "reason": "", "score": 2.5, "quotes": ["a", 2, "c"], "source": {"row": 1}}"#,
                [
                    "$.quotes has 3 elements, more than 2", "$.quotes[1] is 2, which is no string",
                    "$.score is 2.5, which is no integer",
                    "$.source fits none of 2 alternatives; of the one that is nearest: $.source is an object, which is no null",
                ]
            ),
        ] as [(String, [String])])
    func `What is wrong is said with its place`(text: String, problems: [String]) throws {
        #expect(JSONSchemaCheck.problems(of: try JSONValue(parsing: text), against: Self.answer) == problems)
    }

    @Test func `Hostile values and schemas give a few sentences`() {
        var deep: JSONValue = 1
        var schema: JSONValue = ["type": "string"]
        for _ in 0..<1_000 {
            deep = [deep]
            schema = ["items": schema]
        }
        #expect(JSONSchemaCheck.problems(of: deep, against: schema).count == 1)
        let many = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<10_000).map { ("k\($0)", 1) }))
        let problems = JSONSchemaCheck.problems(of: many, against: ["additionalProperties": false])
        #expect(problems.count == 8 && problems.allSatisfy { $0.count < 200 })
    }
}
