internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A project that was found in a folder.
package struct FoundProject: Sendable, Hashable {
    /// Names it in an address: a word of the folder's name, and a few digits of the hash of its path.
    package let id: String
    /// Its folder, as an absolute path.
    package let folder: String

    /// The project of a folder.
    package init(folder: String) {
        self.folder = folder
        let name = folder.split(separator: "/").last.map(String.init) ?? "project"
        let letters = name.lowercased().unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
        }
        let word = String(letters).split(separator: "-").joined(separator: "-").prefix(40)
        id = (word.isEmpty ? "project" : String(word)) + "-" + ContentHash(of: folder).hex.prefix(6)
    }
}

/// Finds the projects in folders: those with a `neo.yaml`.
package enum ProjectFinder {
    /// How far below a named folder is looked.
    private static let depth = 3
    /// More are not listed: nobody would read them.
    private static let most = 200
    /// How many folders are looked into: a home folder must not be read for minutes.
    private static let mostFolders = 5000

    /// The projects of these folders and below, by path. What stands below a project belongs to it. Hidden folders, and
    /// those behind symbolic links, are left out.
    ///
    /// - Throws: `EngineerError` where one of the folders is none.
    package static func find(in paths: [String]) throws(EngineerError) -> [FoundProject] {
        var found: Set<FoundProject> = []
        var looked = 0
        for path in paths {
            let folder = Project.absolute(path)
            var isFolder = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
                throw EngineerError(
                    code: .project,
                    message: "\(folder) is no folder. Name a project's folder, or one with projects in it.")
            }
            look(in: folder, depth, &found, &looked)
        }
        return found.sorted { $0.folder < $1.folder }
    }

    private static func look(in folder: String, _ depth: Int, _ found: inout Set<FoundProject>, _ looked: inout Int) {
        guard found.count < most, looked < mostFolders else { return }
        looked += 1
        let files = FileManager.default
        // An empty one is what a killed run left behind.
        if (try? files.attributesOfItem(atPath: folder + "/neo.yaml"))?[.size] as? Int ?? 0 > 0 {
            found.insert(FoundProject(folder: folder))
            return
        }
        guard depth > 0 else { return }
        for name in ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted() where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            let facts = try? files.attributesOfItem(atPath: path)
            guard facts?[.type] as? FileAttributeType == .typeDirectory else { continue }
            look(in: path, depth - 1, &found, &looked)
        }
    }
}
