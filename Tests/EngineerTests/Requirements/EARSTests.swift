import Testing

@testable import Engineer

@Suite struct EARSSentenceTests {
    @Test(arguments: [
        ("The service shall cite each passage.", EARSForm.ubiquitous),
        ("Neo shall cite each passage.", .ubiquitous),
        ("While the index is being built, the service shall answer from the old index.", .state),
        ("When a question comes, the service shall answer within 800 ms.", .event),
        ("Where a reranker is configured, the service shall rank 50 passages.", .optional),
        ("If no passage holds the answer, then the service shall abstain.", .unwanted),
        ("While the index is old, when a question comes, the service shall say its age.", .complex),
        ("While the index is old, if a question comes, then the service shall refuse.", .complex),
        ("WHEN a question comes, THE service SHALL answer.", .event),
    ])
    func `Each form is told by the words that begin its parts`(text: String, form: EARSForm) throws {
        #expect(try EARSSentence(parsing: text).form == form)
    }

    @Test func `The parts of a sentence are its conditions, its subject and its response`() throws {
        let sentence = try EARSSentence(
            parsing:
                "While load is above 1,000 users, tenants and guests, when a question comes, the query service shall wait 2 s."
        )
        #expect(
            sentence.conditions == [
                .init(keyword: .while, text: "load is above 1,000 users, tenants and guests"),
                .init(keyword: .when, text: "a question comes"),
            ])
        #expect(sentence.subject == "query service" && sentence.response == "wait 2 s")
    }

    @Test(arguments: [
        ("The service answers.", RequirementFinding.Rule.shall, "no \"shall\""),
        ("When a question comes the service shall answer.", .form, "no comma"),
        ("If nothing is found, the service shall abstain.", .form, "without \"then\""),
        ("When nothing is found, then the service shall abstain.", .form, "without \"if\""),
        ("After a question, the service shall answer.", .form, "begins with \"After a question\""),
        ("While, the service shall answer.", .form, "nothing follows \"while\""),
        ("The service shall.", .form, "nothing follows \"shall\""),
        ("When a question comes, it shall answer.", .subject, "nobody is named"),
        ("When a question comes, the shall answer.", .subject, "nobody is named"),
        ("shall", .subject, "nobody is named"),
        ("", .shall, "no \"shall\""),
    ])
    func `What is in no form is told with what is missing`(
        text: String, rule: RequirementFinding.Rule, part: String
    ) {
        let fault = #expect(throws: EARSFault.self) { try EARSSentence(parsing: text) }
        #expect(fault?.rule == rule)
        #expect(fault?.message.contains(part) == true, "\(fault?.message ?? "")")
    }

    @Test(arguments: EARSForm.allCases)
    func `The pattern that is shown for a form is in that form`(form: EARSForm) throws {
        #expect(try EARSSentence(parsing: form.pattern).form == form)
    }
}
