import Foundation

/// All files below a folder.
func files(below folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.map { "\(folder)/\($0)" }.filter { path in
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }.sorted()
}

/// The bytes of a file.
func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Puts bytes into a file.
func put(_ bytes: [UInt8], into path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Removes a file if it is there.
func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
}

/// Dates for files that cannot import Foundation, whose `Measurement` is another one.
enum Dates {
    static let first = Date(timeIntervalSince1970: 1_000_000)
    static let second = Date(timeIntervalSince1970: 1_000_060)
}
