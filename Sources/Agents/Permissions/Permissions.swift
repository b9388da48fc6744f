package import LanguageModels

/// Judges what a call would touch, before it runs.
package protocol Permissions: Sendable {
    /// The verdict.
    ///
    /// - Parameter isTainted: whether the model has read something that a stranger wrote.
    func verdict(on effects: [ToolEffect], tool: String, isTainted: Bool) -> PermissionVerdict
}

/// What becomes of a call.
package enum PermissionVerdict: Sendable, Hashable {
    case allow(String)
    /// A person is asked; where there is none, it is denied.
    case ask(String)
    case deny(String)

    /// The rule that decided.
    package var reason: String {
        switch self {
        case .allow(let reason), .ask(let reason), .deny(let reason): reason
        }
    }

    var strictness: Int {
        switch self {
        case .allow: 0
        case .ask: 1
        case .deny: 2
        }
    }
}

/// The modes without further rules.
package struct ModePermissions: Permissions {
    private let mode: PermissionMode

    package init(_ mode: PermissionMode) { self.mode = mode }

    package func verdict(on effects: [ToolEffect], tool: String, isTainted: Bool) -> PermissionVerdict {
        effects.map { verdict(on: $0, isTainted: isTainted) }.max { $0.strictness < $1.strictness }
            ?? .allow("it touches nothing")
    }

    private func verdict(on effect: ToolEffect, isTainted: Bool) -> PermissionVerdict {
        switch (effect, mode) {
        case (.reads, _): .allow("reading is allowed")
        case (_, .readOnly): .deny("the mode is read-only")
        case (.reaches(let host), _), (.sends(let host), _):
            .ask(isTainted ? "\(host) is on the network, and a stranger's text was read" : "\(host) is on the network")
        case (.writes, .ask), (.runs, .ask): .ask("the mode is ask")
        case (.writes, .workspace), (.runs, .workspace): .allow("the mode is workspace")
        }
    }
}

/// Asks a person whether a call may run.
package struct ApprovalPort: Sendable {
    /// The person's answer; nil where there is nobody to ask.
    package var ask: @Sendable (_ call: ToolCall, _ reason: String) async -> Bool?

    package init(ask: @escaping @Sendable (_ call: ToolCall, _ reason: String) async -> Bool?) { self.ask = ask }

    /// Nobody is there.
    package static let nobody = ApprovalPort { _, _ in nil }
}
