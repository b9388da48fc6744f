internal import Storage

/// The mode of a session, where its user has changed it since it began.
extension SessionStore {
    /// The mode that was chosen last; nil where it is the one that the session began in.
    package func mode(of id: String) -> PermissionMode? {
        guard let bytes = TextFile.bytes(modePath(of: id), from: 0, count: 40) else { return nil }
        return PermissionMode(rawValue: String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline })
    }

    /// Notes that another mode was chosen; on the disk when this returns.
    package func keep(_ mode: PermissionMode, for id: String) throws {
        try WholeFile.write(Array("\(mode.rawValue)\n".utf8), to: modePath(of: id))
    }

    /// The file of the mode, which may not exist.
    func modePath(of id: String) -> String { "\(folder)/\(id).mode" }
}
