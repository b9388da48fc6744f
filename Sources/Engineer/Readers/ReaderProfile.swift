/// A reader: the level that they chose, and what was seen of them.
package struct ReaderProfile: Sendable, Hashable, Codable {
    /// What they say of themselves; nil where that is left to the estimate.
    package var chosen: ReaderLevel?
    package var estimate = ReaderEstimate()

    /// A reader of whom nothing is known.
    package init(chosen: ReaderLevel? = nil) {
        self.chosen = chosen
    }

    /// The level whose texts are open first.
    package var level: ReaderLevel { chosen ?? estimate.level }
}
