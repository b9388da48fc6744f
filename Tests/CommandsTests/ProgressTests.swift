import Engineer
import Testing

@testable import Commands

@Suite struct ProgressTests {
    @Test(arguments: [(0, "3 of 9 trials · best 0.500"), (2, "3 of 9 trials (2 failed) · best 0.500")])
    func `failed trials are shown where there are some`(failed: Int, beginning: String) {
        let state = SearchEvent.Progress(
            trialsEnded: 3, trialsPlanned: 9, trialsFailed: failed, best: 0.5, rate: 12, secondsLeft: 65, cacheHits: 1,
            cacheMisses: 2)
        #expect(
            Search.line(state, elapsed: 5) == beginning + " · 12 questions/s · cache 1 of 3 · 0:05 · 1:05 left")
    }
}
