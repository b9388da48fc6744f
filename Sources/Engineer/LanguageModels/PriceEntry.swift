/// What `config.yaml` says that a model costs, in dollars a million tokens.
package struct PriceEntry: Sendable, Hashable {
    /// What is read.
    package var input: Double
    /// What is read out of the server's cache; as much as other input, where nil.
    package var cachedInput: Double?
    /// What is put into the server's cache; as much as other input, where nil.
    package var cacheWrite: Double?
    /// What is written.
    package var output: Double

    /// A price.
    package init(input: Double, cachedInput: Double? = nil, cacheWrite: Double? = nil, output: Double) {
        self.input = input
        self.cachedInput = cachedInput
        self.cacheWrite = cacheWrite
        self.output = output
    }
}
