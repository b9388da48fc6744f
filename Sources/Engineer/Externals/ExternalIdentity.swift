internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ExternalSetting {
    /// Scripts longer than this are told apart by their size alone.
    private static let readBytes = 1_000_000

    /// Names the system by all that tells it from another one: its address or command, the content of the files among the
    /// command's words, and the version that the user gave it. Its name does not matter.
    func identity(in folder: String) -> ContentHash {
        var builder = ContentHash.Builder()
        builder.add("external/1")
        builder.add(version ?? "")
        switch source {
        case .url(let url): builder.add(url)
        case .command(let words):
            for word in words {
                builder.add(word)
                builder.add(Self.facts(word.hasPrefix("/") ? word : "\(folder)/\(word)"))
            }
        }
        return builder.finish()
    }

    /// What tells a script from a changed one; nothing of what is no file.
    private static func facts(_ path: String) -> String {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int
        else { return "" }
        guard size <= readBytes, let data = FileManager.default.contents(atPath: target) else { return "\(size)" }
        return ContentHash(of: data).hex
    }
}
