package import Base
package import LanguageModels

extension Agent {
    /// What a session stands on.
    package struct Ports: Sendable {
        package var model: any LanguageModel
        package var tools: ToolSet
        package var permissions: any Permissions
        package var approval: ApprovalPort
        /// Where tools keep the whole of what they show in part.
        package var outputFolder: String
        /// What tokens cost, in dollars; nil where that is not known.
        package var price: @Sendable (TokenUsage) -> Double?
        package var time: TimeSource
        /// The longest answer: a model that repeats itself would not end.
        package var maxOutputTokens: Int { window.answerTokens }
        /// How much the model can read.
        package var window = ContextWindow()
        /// What it should know; read again when older messages have been replaced.
        package var context: [any ContextSource] = []
        /// Hears that the model is about to be asked.
        package var onAsk: @Sendable () -> Void = {}
        /// Returns when calls may change something.
        package var beforeCalls: @Sendable () async -> Void = {}
        /// Hooks, checks and checkpoints.
        package var harness = Harness.Ports()

        package init(
            model: any LanguageModel, tools: ToolSet, permissions: any Permissions, approval: ApprovalPort = .nobody,
            outputFolder: String, price: @escaping @Sendable (TokenUsage) -> Double? = { _ in nil },
            time: TimeSource = .system
        ) {
            self.model = model
            self.tools = tools
            self.permissions = permissions
            self.approval = approval
            self.outputFolder = outputFolder
            self.price = price
            self.time = time
        }
    }
}
