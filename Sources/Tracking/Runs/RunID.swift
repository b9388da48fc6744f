internal import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What names a run, in all files and for all time: `20261122-042835-k3f9qa`.
///
/// Ids that Neo makes begin with the time, so that they sort by it. Those of other tools are taken as they are.
package struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text.
    package let text: String

    /// Takes an id as it stands in a record.
    ///
    /// - Throws: ``TrackingError`` where it is empty, longer than 200 bytes, or holds what no terminal should see.
    package init(_ text: String) throws(TrackingError) {
        guard (1...200).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw TrackingError(.invalid, "A run's id has 1 to 200 bytes and no control characters.")
        }
        self.text = text
    }

    /// A new one.
    package init(at now: Date) {
        let stamp = now.timestamp.filter { $0 != "-" && $0 != ":" && $0 != "Z" }
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let ending = String((0..<6).map { _ in letters[Int.random(in: 0..<letters.count)] })
        text = stamp.replacing("T", with: "-") + "-" + ending
    }

    /// A name for its folder. Two ids never share one.
    package var folderName: String {
        let isPlain = text.utf8.allSatisfy { byte in
            byte < 0x80
                && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"))
        }
        return isPlain && text.utf8.count <= 100 ? text : "id-" + ContentHash(of: text).hex
    }

    package var description: String { text }

    package static func < (first: RunID, second: RunID) -> Bool { first.text < second.text }
}
