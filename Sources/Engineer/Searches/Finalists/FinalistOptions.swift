/// How finalists are chosen and measured.
package struct FinalistOptions: Sendable, Hashable {
    /// How many requests are measured of each finalist in a round; 0: none is measured.
    package var requests = 200
    /// How many more rounds undetermined finalists get.
    package var moreRounds = 3
    /// How many finalists there are at most where a constraint reads the clock.
    package var finalists = 10
    /// How many join winner and default where none does.
    package var companions = 4
    /// How many requests of each trial are timed before the finalists are chosen.
    package var predictions = 3
    /// After how many seconds no further trial is built only to predict its latency.
    package var predictionSeconds = 30.0
    /// How many seconds of requests are measured at most where no constraint reads the clock, and where one does.
    package var seconds = 60.0
    package var constrainedSeconds = 600.0

    package init() {}
}
