import LanguageModels
import Testing

@testable import Agents

@Suite struct StuckDetectorTests {
    private func steps(_ calls: [(name: String, result: String, isError: Bool)]) -> StuckDetector {
        var detector = StuckDetector()
        for (number, call) in calls.enumerated() {
            detector.saw(
                ToolCall(id: "\(number)", name: call.name, arguments: "{}"),
                ToolEnd(callID: "\(number)", text: call.result, isError: call.isError))
        }
        return detector
    }

    @Test func `three identical failing calls are a circle, whatever they say`() {
        #expect(steps([("a", "1", true), ("a", "2", true)]).circle == nil)
        #expect(steps([("a", "1", true), ("a", "2", true), ("a", "3", true)]).circle == .sameFailure("a"))
        #expect(steps([("a", "1", true), ("b", "2", true), ("a", "3", true)]).circle == nil)
    }

    @Test func `four identical calls with equal results are a circle`() {
        let same = ("a", "1", false)
        #expect(steps([same, same, same]).circle == nil)
        #expect(steps([same, same, same, same]).circle == .sameResult("a"))
        #expect(steps([same, same, same, ("a", "2", false)]).circle == nil)
    }

    @Test func `two calls in turns six times are a circle, unless something changes`() {
        let a = ("a", "1", false)
        let b = ("b", "1", false)
        #expect(steps([a, b, a, b, a]).circle == nil)
        #expect(steps([a, b, a, b, a, b]).circle == .alternation("a", "b"))
        #expect(steps([a, b, a, b, a, ("b", "2", false)]).circle == nil)
    }

    @Test func `an answer without a word is a circle`() {
        var detector = StuckDetector()
        detector.saw(answer: " \n")
        #expect(detector.circle == .silence)
        detector.wasTold()
        #expect(detector.circle == nil)
        #expect(detector.isTold)
    }
}
