#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Reads a file's bytes, whole or in pieces, without ever waiting on something that is no plain file.
package enum InputFile {
    /// The size of a plain file.
    package static func size(of path: String) throws(DocumentsError) -> Int {
        do {
            let status = try FileStatus(of: path)
            guard status.kind == .file else { throw notAFile(path) }
            return status.size
        } catch let error as DocumentsError {
            throw error
        } catch {
            throw failure(path, (error as? FileStatus.Failure)?.number ?? EIO)
        }
    }

    /// All bytes; a file with more than `limit` of them is refused before any is read.
    package static func read(_ path: String, limit: Int = .max) throws(DocumentsError) -> [UInt8] {
        let size = try size(of: path)
        guard size <= limit else {
            throw DocumentsError(
                .unreadable,
                "\(path) has \(size / 1_000_000) MB, and the limit is \(limit / 1_000_000) MB: split it into smaller files."
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var problem: DocumentsError?
        try readPieces(of: path) { piece in
            bytes += piece
            // It grew while we read it.
            if bytes.count > limit {
                problem = DocumentsError(.unreadable, "\(path) grew beyond the limit: try again.")
            }
            return problem == nil
        }
        if let problem { throw problem }
        return bytes
    }

    /// Hands over the bytes in pieces of up to 64 KiB until there are no more or `body` says false.
    package static func readPieces(of path: String, _ body: (ArraySlice<UInt8>) -> Bool) throws(DocumentsError) {
        _ = try size(of: path)
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                #if canImport(Darwin)
                    Darwin.read(descriptor, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    Musl.read(descriptor, bytes.baseAddress, bytes.count)
                #else
                    Glibc.read(descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            guard count > 0, body(buffer[..<count]) else { return }
        }
    }

    /// Hands over line after line, without line ends; a piece of the file is in memory, not all of it.
    ///
    /// Each line comes with its number, from 1. `body` says whether to go on.
    package static func readLines(
        of path: String, lineLimit: Int = 64_000_000, _ body: (Int, ArraySlice<UInt8>) -> Bool
    ) throws(DocumentsError) {
        var pending: [UInt8] = []
        var number = 0
        var goesOn = true
        var tooLong: Int?
        try readPieces(of: path) { piece in
            var start = piece.startIndex
            while goesOn, let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                if pending.isEmpty {
                    goesOn = body(number, trimmed(piece[start..<end]))
                } else {
                    pending += piece[start..<end]
                    goesOn = body(number, trimmed(pending[...]))
                    pending.removeAll(keepingCapacity: true)
                }
                start = end + 1
            }
            pending += piece[start...]
            if pending.count > lineLimit { tooLong = number + 1 }
            return goesOn && tooLong == nil
        }
        if let tooLong {
            throw DocumentsError(
                .unreadable,
                "\(path):\(tooLong): the line has more than \(lineLimit / 1_000_000) MB: is this a text file?"
            )
        }
        if goesOn, !pending.isEmpty { _ = body(number + 1, trimmed(pending[...])) }
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    private static func notAFile(_ path: String) -> DocumentsError {
        DocumentsError(.unreadable, "\(path) is not a plain file: leave it out.")
    }

    private static func failure(_ path: String, _ number: Int32) -> DocumentsError {
        let reason = String(cString: strerror(number))
        return DocumentsError(.unreadable, "\(path) cannot be read (\(reason)): check the path and its permissions.")
    }
}
