internal import Synchronization

/// The mode of a session, which its user may change while it is open.
package final class ModeSwitch: Sendable {
    private let mode: Mutex<PermissionMode>

    package init(_ mode: PermissionMode) { self.mode = Mutex(mode) }

    /// The mode that holds now.
    package var current: PermissionMode { mode.withLock { $0 } }

    /// Changes it; what is being asked meanwhile was asked under the one before.
    package func change(to mode: PermissionMode) { self.mode.withLock { $0 = mode } }
}

/// Permissions of the mode that holds now.
package struct SwitchedPermissions: Permissions {
    private let modes: ModeSwitch
    private let permissions: @Sendable (PermissionMode) -> any Permissions

    /// - Parameter permissions: those of a mode.
    package init(_ modes: ModeSwitch, _ permissions: @escaping @Sendable (PermissionMode) -> any Permissions) {
        self.modes = modes
        self.permissions = permissions
    }

    package func verdict(on effects: [ToolEffect], tool: String, isTainted: Bool) -> PermissionVerdict {
        permissions(modes.current).verdict(on: effects, tool: tool, isTainted: isTainted)
    }
}
