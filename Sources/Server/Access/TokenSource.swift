package import Base

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Where the server's token comes from: a file, or the environment. Never an argument: other users of the machine see
/// those.
package struct TokenSource: Sendable {
    /// The token; nil where none was given.
    package let token: Secret?
    /// What the user should know of the place that it came from.
    package let diagnostics: [Diagnostic]

    /// Takes the token of the file, where there is one, else the environment's `NEO_TOKEN`, or another variable.
    package init(
        file: String?, environment: [String: String], variable: String = "NEO_TOKEN"
    ) throws(ServerError) {
        guard let file else {
            token = try Self.token(environment[variable] ?? "", from: variable)
            diagnostics = []
            return
        }
        let (text, isExposed) = try Self.read(file)
        let line = text.split(whereSeparator: \.isNewline).first.map { String($0) } ?? ""
        let found = try Self.token(text.first?.isNewline == true ? "" : line, from: "The file \(file)")
        guard let found else {
            throw ServerError(
                code: .tokenUnusable,
                message: "The first line of \(file) is empty; write the token there, for example with "
                    + "openssl rand -hex 32 > \(file)."
            )
        }
        token = found
        diagnostics =
            isExposed
            ? [Diagnostic(.warning, "Other users of this machine can read the token; chmod 600 keeps it.", file: file)]
            : []
    }

    /// A header can carry visible ASCII only, so a token of other letters would fit no request.
    private static func token(_ text: String, from place: String) throws(ServerError) -> Secret? {
        let token = text[...].trimmed
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ServerError(
                code: .tokenUnusable,
                message: "\(place) holds no usable token: it must be one word of ASCII letters, digits and signs."
            )
        }
        return Secret(String(token))
    }

    /// The beginning of a file, and whether others than its owner can read it. Pipes have no readers but us.
    private static func read(_ path: String) throws(ServerError) -> (text: String, isExposed: Bool) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        var bytes: [UInt8] = []
        // A token is a line; of what pretends to be a file and never ends, no more is read.
        while bytes.count < 4096 {
            var part = [UInt8](repeating: 0, count: 4096 - bytes.count)
            let count = part.withUnsafeMutableBytes { buffer in
                #if canImport(Glibc)
                    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Musl)
                    Musl.read(descriptor, buffer.baseAddress, buffer.count)
                #else
                    Darwin.read(descriptor, buffer.baseAddress, buffer.count)
                #endif
            }
            guard count >= 0 else { throw unreadable(path, errno) }
            if count == 0 { break }
            bytes += part.prefix(count)
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        return (String(decoding: bytes, as: UTF8.self), isRegular && status.st_mode & 0o077 != 0)
    }

    private static func unreadable(_ path: String, _ code: Int32) -> ServerError {
        ServerError(
            code: .tokenUnusable,
            message: "The token file \(path) cannot be read: \(String(cString: strerror(code))); check --token-file."
        )
    }
}
