package import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension RulePermissions {
    private static let mostPaths = 256

    /// What rules deny outright as walls, which hold for programs as well: what may not be read is not there, what may
    /// not be written can only be read. Patterns stand for the files that are there now.
    ///
    /// - Returns: a sentence for each pattern that stands for too many.
    package static func tighten(
        _ policy: inout SandboxPolicy, by rules: [PermissionRule], workspace: String
    ) -> [String] {
        var sentences: [String] = []
        for rule in rules where rule.decision == .deny {
            guard case .path(let pattern, let access) = rule.subject else { continue }
            let absolute = PermissionRule.absolute(pattern, workspace: workspace)
            var paths = [absolute]
            if !PathPattern.isLiteral(absolute) {
                paths = files(that: rule, below: workspace, isWritten: access == .write)
                if paths.count > mostPaths {
                    sentences.append(
                        "\(rule.name) fits more than \(mostPaths) files: programs are kept from the first of them only. "
                            + "Name their folder instead.")
                }
            }
            for path in paths.prefix(mostPaths) {
                if access == .write { policy.protected.append(path) } else { policy.hidden.append(path) }
            }
        }
        return sentences
    }

    private static func files(that rule: PermissionRule, below workspace: String, isWritten: Bool) -> [String] {
        let files = FileManager.default
        var found: [String] = []
        var looked = 0
        var folders = [workspace]
        while let folder = folders.popLast(), looked < 200_000, found.count <= mostPaths {
            for name in ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
                looked += 1
                let path = folder + "/" + name
                if name == ".git" || name == ".neo" { continue }
                if rule.match(path: path, isWritten: isWritten, workspace: workspace) {
                    // What lies in a folder that is hidden needs no wall of its own.
                    found.append(path)
                } else if (try? files.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory {
                    folders.append(path)
                }
            }
        }
        return found
    }
}
