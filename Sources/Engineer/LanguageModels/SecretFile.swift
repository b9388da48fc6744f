package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A key in a file of its own.
package enum SecretFile {
    /// The first line of a file that only its owner may read.
    ///
    /// - Throws: `EngineerError` where it is missing or empty, or others may read it.
    package static func read(_ path: String, for endpoint: String) throws(EngineerError) -> Secret {
        let path = Project.absolute(path)
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard let rights = facts?[.posixPermissions] as? Int, let data = FileManager.default.contents(atPath: path)
        else {
            throw EngineerError(
                code: .invalidConfiguration, message: "The key file \(path) of \(endpoint) cannot be read.")
        }
        guard rights & 0o077 == 0 else {
            throw EngineerError(
                code: .invalidConfiguration,
                message:
                    "Others may read the key file \(path) of \(endpoint). Run `chmod 600 \(path)`; if this machine has "
                    + "other users, have the key replaced.")
        }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard let secret = Secret(line.filter { !$0.isWhitespace }) else {
            throw EngineerError(
                code: .invalidConfiguration, message: "The key file \(path) of \(endpoint) is empty.")
        }
        return secret
    }

    /// Whether more than its owner may read a file.
    static func isReadByOthers(_ path: String) -> Bool {
        let facts = try? FileManager.default.attributesOfItem(atPath: Project.absolute(path))
        return (facts?[.posixPermissions] as? Int ?? 0) & 0o077 != 0
    }
}
