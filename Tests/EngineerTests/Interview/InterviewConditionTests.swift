import Base
import Testing

@testable import Engineer

@Suite struct InterviewConditionTests {
    private let answers: [String: JSONValue] = [
        "users": "public", "followups": false, "load": 120, "languages": ["en", "de"], "survey.personal": 3,
    ]

    private func holds(_ text: String) throws -> Bool {
        try InterviewCondition(parsing: text).holds(value: { answers[$0] }, isUnknown: { $0 == "cost" })
    }

    @Test(arguments: [
        ("users == public", true), ("users != public", false), ("followups == no", true), ("followups", false),
        ("load > 100", true), ("load <= 119.5", false), ("load >= 120 and users == public", true),
        ("languages includes de", true), ("languages includes fr", false), ("survey.personal", true),
        ("not (users == public) or load < 200", true), ("unknown(cost)", true), ("unknown(load)", false),
        ("users == \"public\"", true),
        // `and` binds more than `or`.
        ("users == public or users == team and load > 500", true),
        // Of what is not known nothing holds, its opposite neither.
        ("cost > 1", false), ("cost != 1", false), ("not cost > 1", true),
    ])
    func `a condition holds where its comparison does`(text: String, expected: Bool) throws {
        #expect(try holds(text) == expected)
    }

    @Test(arguments: [
        ("", "expected the id"), ("users ==", "expected a value after =="), ("(users", "expected \")\""),
        ("users == public load", "before \"load\""), ("users == \"public", "not closed"), ("users ; x", "no meaning"),
        ("unknown(users", "expected \")\""), ("and users", "expected the id"),
        (String(repeating: "(", count: 100_000), "more than 20"),
    ])
    func `what cannot be read is said in a sentence`(text: String, part: String) {
        let error = #expect(throws: EngineerError.self) { try InterviewCondition(parsing: text) }
        #expect(error?.message.contains(part) == true, "\(error?.message.prefix(300) ?? "")")
    }
}
