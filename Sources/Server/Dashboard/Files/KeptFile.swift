internal import Base
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file that a run keeps, as a page or a download shows it. What it is, its bytes say: names and types come from whoever
/// logged it.
struct KeptFile {
    /// How much of a text is shown on the page.
    private static let shown = 8000

    /// What it is called.
    let name: String
    let path: String
    let bytes: Int
    /// The type of an image that browsers draw and cannot run; nil of all other files, SVG among them.
    let imageType: String?
    /// The beginning of a text; nil of what is none.
    let text: String?

    /// The file of an entry; nil where it has none, or where it is not kept any more.
    ///
    /// - Parameter state: the project's `.neo`.
    init?(_ entry: RunEntry, state: String) {
        guard let hash = entry.hash else { return nil }
        path = ArtifactFolder(state: state).path(of: hash)
        // Not through a link, which could lead anywhere.
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard facts?[.type] as? FileAttributeType == .typeRegular,
            let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        else { return nil }
        name = entry.content.split(separator: "/").last.map { String($0) } ?? entry.key
        bytes = data.count
        let beginning = Array(data.prefix(Self.shown))
        imageType = Self.imageType(beginning)
        text = imageType == nil ? Self.text(beginning, isAll: data.count <= Self.shown) : nil
    }

    /// Whether there is more of a text than is shown.
    var isCut: Bool { bytes > Self.shown }

    /// What tells these four from everything else.
    static func imageType(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) { return "image/gif" }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return "image/webp"
        }
        return nil
    }

    /// The bytes as text, where they are UTF-8 and no program; a character that was cut in two is left out.
    static func text(_ bytes: [UInt8], isAll: Bool) -> String? {
        guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
        for cut in 0...(isAll ? 0 : 3) {
            if let text = String(validating: bytes.dropLast(cut), as: UTF8.self) { return text }
        }
        return nil
    }

    /// What browsers are told to do with it: only what is drawn is opened.
    var disposition: String {
        let plain = String(
            name.prefix(100).map { character in
                character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                    ? character : "_"
            })
        let whole = FormBody.encoded(String(String.UnicodeScalarView(name.unicodeScalars.prefix(100))))
        return "\(imageType == nil ? "attachment" : "inline"); filename=\"\(plain)\"; filename*=UTF-8''\(whole)"
    }
}
