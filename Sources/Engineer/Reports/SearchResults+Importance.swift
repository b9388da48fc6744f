extension SearchResults {
    /// Which parameters make the difference between configurations, by functional ANOVA.
    package struct Importance: Sendable, Hashable, Codable {
        /// What share of the difference a parameter, or two together, explain.
        package struct Share: Sendable, Hashable, Codable {
            package var names: [String]
            package var share: Double
            /// Where the middle 90 % of the trees lie.
            package var lower: Double
            package var upper: Double
        }

        /// By falling share.
        package var parameters: [Share]
        /// What pairs explain only together: the strongest, by falling share.
        package var interactions: [Share]
        /// How well the forest foretells trials that it did not see: 1 is perfectly, 0 no better than the mean.
        package var accuracy: Double
        /// How many trials it learned from.
        package var trials: Int
        /// Whether these are all configurations that there are, which makes few of them enough.
        package var isWholeSpace: Bool?
    }
}
