import Processes
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What may be published, compared with the reference validator.
@Suite struct SkillValidatorTests {
    /// The reference validator's Python; nil where it is not installed.
    static let python: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let path = root + (root.hasSuffix("/") ? "" : "/") + ".venv/skills/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    @Test(.enabled(if: python != nil, "scripts/skills-environment installs the reference validator"))
    func `the verdict on every sample is that of the reference validator`() async throws {
        let python = try #require(Self.python)
        try await withTemporaryDirectory { folder in
            let samples = SkillSamples.judged
            #expect(samples.count >= 60)
            for (number, sample) in samples.enumerated() {
                try SkillSamples.write(["\(number)/\(sample.folder)/SKILL.md": sample.text], below: folder)
            }
            try SkillSamples.write(["\(samples.count)/empty/readme.md": "x"], below: folder)
            let folders =
                samples.enumerated().map { "\(folder)/\($0)/\($1.folder)" } + ["\(folder)/\(samples.count)/empty"]
            // One process for all: the interpreter takes longer to start than to judge.
            let script = """
                import pathlib, sys
                from skills_ref.validator import validate
                for line in sys.stdin.read().splitlines():
                    try:
                        errors = validate(pathlib.Path(line))
                    except Exception as error:
                        errors = [repr(error)]
                    print("no" if errors else "yes")
                """
            let result = try await ChildProcess(
                executable: python, arguments: ["-X", "utf8", "-c", script], input: folders.joined(separator: "\n")
            ).run()
            let theirs = result.output.split(separator: "\n").map { $0 == "yes" }
            try #require(theirs.count == folders.count, "\(result.errorOutput)")
            for (place, theirs) in zip(folders, theirs) {
                let problems = SkillValidator.problems(inFolder: place)
                let text = (try? String(contentsOfFile: place + "/SKILL.md", encoding: .utf8)) ?? ""
                #expect(problems.isEmpty == theirs, "\(place): \(problems) beside \(theirs):\n\(text.prefix(300))")
            }
            #expect(theirs.contains(true) && theirs.contains(false))
            print("\(theirs.count) skills judged alike, \(theirs.count { $0 }) good and \(theirs.count { !$0 }) bad")
        }
    }

    @Test func `what is wrong is said in sentences, all of it`() {
        let text = "---\nname: Tea_Pot\nversion: 1\n---\n"
        let problems = SkillValidator.problems(in: text, folderName: "pot")
        #expect(problems.contains { $0.contains("version") && $0.contains("metadata") })
        #expect(
            problems.contains { $0.contains("lower case") } && problems.contains { $0.contains("other characters") })
        #expect(problems.contains { $0.contains("the folder is called pot") })
        #expect(problems.contains { $0.contains("description is missing") })
    }
}
