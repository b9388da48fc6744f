#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What was looked at, and what does not fit.
package struct AuditVerification: Sendable, Hashable {
    /// How many rows were read.
    package var rows = 0
    /// The end of the chain as it was computed.
    package var head = AuditHead.beginning
    /// What does not fit, a sentence each; empty where the log is whole.
    package var findings: [String] = []

    /// Whether the log is whole.
    package var isWhole: Bool { findings.isEmpty }
}

extension AuditDatabase {
    /// Goes over all rows.
    ///
    /// - Parameter known: an end that was kept elsewhere; the chain has to go through it.
    package func verify(against known: AuditHead? = nil) async throws -> AuditVerification {
        var result = AuditVerification()
        let bytes = try? OpenFile(headPath, flags: O_RDONLY).readToEnd(limit: 200)
        let kept = bytes.flatMap { AuditHead(String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self)) }
        let wanted = [(kept, "audit.head"), (known, "the head that was given")].compactMap { head, name in
            head.map { (head: $0, name: name) }
        }
        var last = 0
        while true {
            let rows = try await rows(after: last, limit: 1000)
            guard let end = rows.last else { break }
            for row in rows {
                if row.number != last + 1 {
                    result.add("Row \(last + 1) is missing: after row \(last) comes row \(row.number).")
                }
                last = row.number
                let next = result.head.next(row.body)
                let isFitting = next.hash == row.hash
                if !isFitting {
                    result.add(
                        "Row \(row.number) does not follow from the row before it: one of the two was changed, put in or "
                            + "taken out.")
                }
                // Goes on from what stands there: one change is one finding.
                result.head = AuditHead(number: row.number, hash: row.hash)
                for (head, name) in wanted where head.number == row.number && head.hash != row.hash {
                    result.add("Row \(row.number) is another one than \(name) says.")
                }
                result.rows += 1
            }
            last = end.number
        }
        for (head, name) in wanted where head.number > last {
            result.add("The log ends at row \(last), and \(name) knows of row \(head.number): its end was cut off.")
        }
        if kept == nil, last > 0 {
            result.add("audit.head is missing or unreadable, so rows that were cut off the end would not be noticed.")
        }
        return result
    }
}

extension AuditVerification {
    /// So many findings are told: a log whose every row was changed is known as soon.
    private static let mostFindings = 20

    fileprivate mutating func add(_ sentence: String) {
        if findings.count < Self.mostFindings { findings.append(sentence) }
    }
}
