/// Path arithmetic on text alone; nothing here asks the file system.
package enum FilePaths {
    /// The path without `.`, empty and, as far as possible, `..` components.
    package static func normalize(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var kept: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = kept.last, last != ".." {
                kept.removeLast()
            } else if part != ".." || !isAbsolute {
                kept.append(part)
            }
        }
        let joined = kept.joined(separator: "/")
        return isAbsolute ? "/" + joined : (joined.isEmpty ? "." : joined)
    }

    /// A path seen from a folder; an absolute path stays as it is.
    package static func join(_ folder: String, _ path: String) -> String {
        if path.hasPrefix("/") { return path }
        if folder.isEmpty || path.isEmpty { return folder + path }
        return folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }

    /// How to get from an absolute folder to an absolute path.
    package static func relative(_ path: String, to folder: String) -> String {
        let target = path.split(separator: "/")
        let origin = folder.split(separator: "/")
        var shared = 0
        while shared < min(target.count, origin.count), target[shared] == origin[shared] { shared += 1 }
        let steps = Array(repeating: Substring(".."), count: origin.count - shared) + target[shared...]
        return steps.joined(separator: "/")
    }

    /// The last component.
    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The path without its last component.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
