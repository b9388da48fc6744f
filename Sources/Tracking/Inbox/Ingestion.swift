internal import Base
internal import GRDB
internal import Storage

/// Moves what lies in the inbox into the database.
///
/// How far a file was read is written in the transaction that writes what was read: killed at any moment, nothing is lost
/// and nothing is twice.
struct Ingestion: Sendable {
    /// So many bytes are read in one transaction.
    static let piece = 4 << 20
    /// The longest line.
    static let longestLine = 16 << 20
    /// So many lines that could not be read are kept.
    static let keptRejections = 1000

    let database: RunDatabase
    let inbox: String
    let project: String
    let now: @Sendable () -> Double

    /// Reads all that there is.
    ///
    /// - Returns: how many lines were taken and how many could not be read.
    func run() async throws -> (records: Int, rejected: Int) {
        let folder = InboxFolder(path: inbox)
        var total = (records: 0, rejected: 0)
        try await forgetMissing(folder)
        for writer in folder.writers() {
            for fragment in folder.fragments(of: writer) {
                let read = try await take(fragment, isComplete: false)
                total = (total.records + read.records, total.rejected + read.rejected)
            }
            let swept = try await sweep(writer, folder)
            total = (total.records + swept.records, total.rejected + swept.rejected)
        }
        return total
    }

    private func take(_ fragment: InboxFolder.Fragment, isComplete: Bool) async throws -> (records: Int, rejected: Int)
    {
        var total = (records: 0, rejected: 0)
        let known = try await database.read { database in
            try Int.fetchOne(database, sql: "SELECT consumed FROM inbox WHERE file = ?", arguments: [fragment.name])
        }
        // A file that is shorter than what was read of it is another one, of the same name.
        var offset = known.map { $0 <= fragment.bytes ? $0 : 0 } ?? 0
        while offset < fragment.bytes {
            try Task.checkCancellation()
            let lines = try Self.lines(of: fragment, from: offset, isComplete: isComplete)
            guard !lines.bytes.isEmpty else { break }
            let start = offset
            let read = try await database.write { database in
                try apply(lines.bytes, of: fragment, at: start, to: database)
            }
            offset += lines.bytes.count
            total = (total.records + read.records, total.rejected + read.rejected)
        }
        return total
    }

    /// Whole lines from a place on; with the torn end where nobody will finish it.
    private static func lines(
        of fragment: InboxFolder.Fragment, from offset: Int, isComplete: Bool
    ) throws -> (bytes: ArraySlice<UInt8>, isWhole: Bool) {
        for limit in [piece, longestLine] {
            let bytes = try InboxFolder.read(fragment, from: offset, limit: limit)
            if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) { return (bytes[...end], true) }
            if bytes.count < limit { return (isComplete ? bytes[...] : [], false) }
            // No line is that long: this part of it is rejected, and so is the next.
            if limit == longestLine { return (bytes[...], false) }
        }
        return ([], false)
    }

    private func apply(
        _ bytes: ArraySlice<UInt8>, of fragment: InboxFolder.Fragment, at offset: Int, to database: Database
    ) throws -> (records: Int, rejected: Int) {
        var writer = try RecordWriter(database, project: project, now: now())
        var total = (records: 0, rejected: 0)
        try bytes.withUnsafeBytes { buffer in
            var place = 0
            while place < buffer.count {
                let end = buffer[place...].firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count
                let line = UnsafeRawBufferPointer(rebasing: buffer[place..<end])
                if !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
                    do {
                        try Self.apply(line, by: &writer)
                        total.records += 1
                    } catch let error where error is JSONFault || error is TrackingError {
                        total.rejected += 1
                        try reject(line, of: fragment, at: offset + place, because: sentence(for: error), in: database)
                    }
                }
                place = end + 1
            }
        }
        try writer.finish()
        try database.execute(
            sql: """
                INSERT INTO inbox (file, consumed) VALUES (?, ?)
                ON CONFLICT (file) DO UPDATE SET consumed = excluded.consumed
                """, arguments: [fragment.name, offset + bytes.count])
        return total
    }

    private static func apply(_ line: UnsafeRawBufferPointer, by writer: inout RecordWriter) throws {
        if let figures = MetricLine(line), try writer.apply(figures) { return }
        for record in try LogRecord.records(ofLine: line) { try writer.apply(record) }
    }

    private func reject(
        _ line: UnsafeRawBufferPointer, of fragment: InboxFolder.Fragment, at place: Int, because reason: String,
        in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO rejected (file, place, line, reason, time) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                fragment.name, place, String(decoding: line.prefix(1000), as: UTF8.self), String(reason.prefix(500)),
                now(),
            ])
        try database.execute(
            sql: "DELETE FROM rejected WHERE id <= ?",
            arguments: [database.lastInsertedRowID - Int64(Self.keptRejections)])
    }

    /// Where nobody writes any more: takes a torn end as it is, notes what its runs do not say, and clears up.
    private func sweep(_ writer: String, _ folder: InboxFolder) async throws -> (records: Int, rejected: Int) {
        var fragments: [InboxFolder.Fragment] = []
        var isGone = false
        let silent = folder.withSilence(of: writer, now: now()) { hasLock in
            isGone = hasLock
            fragments = folder.fragments(of: writer)
        }
        guard silent else { return (0, 0) }
        var total = (records: 0, rejected: 0)
        for fragment in fragments {
            let read = try await take(fragment, isComplete: true)
            total = (total.records + read.records, total.rejected + read.rejected)
        }
        if isGone {
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE runs SET status = 'crashed', ended = last_logged
                        WHERE status = 'running' AND writer = ?
                        """, arguments: [writer])
            }
        }
        // Again, now to delete: somebody may have come in between.
        _ = folder.withSilence(of: writer, now: now()) { _ in
            guard folder.fragments(of: writer) == fragments else { return }
            for fragment in fragments { folder.delete(fragment) }
            if !writer.hasPrefix(InboxName.shared) { folder.remove(writer) }
        }
        return total
    }

    /// Files that are gone were read: their names do not come again.
    private func forgetMissing(_ folder: InboxFolder) async throws {
        let known = try await database.read { try String.fetchSet($0, sql: "SELECT file FROM inbox") }
        guard !known.isEmpty else { return }
        let present = Set(folder.writers().flatMap { folder.fragments(of: $0) }.map(\.name))
        let gone = known.subtracting(present)
        guard !gone.isEmpty else { return }
        try await database.write { database in
            for name in gone { try database.execute(sql: "DELETE FROM inbox WHERE file = ?", arguments: [name]) }
        }
    }
}

/// Names of folders of the inbox.
enum InboxName {
    /// Folders that several processes share, one after the other, begin so; they stay.
    static let shared = "shared-"
}
