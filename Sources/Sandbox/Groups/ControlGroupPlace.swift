/// Where a process stands among the control groups of version 2, by what `/proc` says of it.
struct ControlGroupPlace: Sendable, Hashable {
    /// Where the hierarchy is mounted.
    let mount: String
    /// The process's own group, as a folder.
    let folder: String

    /// A place; nil where there is no hierarchy, or the process is outside of what is mounted.
    ///
    /// - Parameter process: the folder in `/proc`.
    init?(process: String) {
        guard
            let line = ControlGroupFiles.lines(of: process + "/cgroup").first(where: { $0.hasPrefix("0::/") }),
            let (root, mount) = Self.mounted(ControlGroupFiles.lines(of: process + "/mountinfo"))
        else { return nil }
        var path = String(line.dropFirst(3))
        // In a container, what is mounted may begin lower than the kernel's names do.
        if root != "/" {
            guard path == root || path.hasPrefix(root + "/") else { return nil }
            path.removeFirst(root.count)
        }
        guard !path.split(separator: "/").contains("..") else { return nil }
        self.mount = mount
        folder = path == "/" || path.isEmpty ? mount : mount + path
    }

    /// What the process's own group could give to groups below it.
    var controllers: Set<ControlGroups.Controller> { ControlGroups.controllers(in: folder + "/cgroup.controllers") }

    /// Root and mount point of the hierarchy, as proc(5) describes `mountinfo`.
    private static func mounted(_ lines: [String]) -> (root: String, mount: String)? {
        for line in lines {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 1, fields[dash + 1] == "cgroup2",
                dash > 5
            else { continue }
            return (unescaped(fields[3]), unescaped(fields[4]))
        }
        return nil
    }

    /// Blanks, tabs and the like are written as three octal digits.
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
