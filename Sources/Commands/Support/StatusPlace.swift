internal import ArgumentParser
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The project, and perhaps one of its requirements: `my-docs`, `R3`, or `my-docs R3`.
struct StatusPlace: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The project's folder, the one with neo.yaml; and a requirement's name, to follow it to its rows.",
            valueName: "project"), completion: .directory)
    var places: [String] = []

    func validate() throws {
        guard places.count <= 2 else {
            throw ValidationError("One project and one requirement at most, such as neo status my-docs R3.")
        }
    }

    /// The folder and the requirement. One word is a folder where there is such a folder.
    var meant: (folder: String, requirement: String?) {
        guard let first = places.first else { return (".", nil) }
        if places.count == 2 { return (first, places[1]) }
        var isFolder = false
        let isThere = FileManager.default.fileExists(atPath: Project.absolute(first), isDirectory: &isFolder)
        let isName = !first.contains("/") && FileManager.default.fileExists(atPath: Project.absolute("neo.yaml"))
        return !(isThere && isFolder) && isName ? (".", first) : (first, nil)
    }
}
