import Processes
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Skills on the disk, for tests.
enum SkillSamples {
    /// Writes files below a folder.
    static func write(_ files: [String: String], below folder: String) throws {
        for (path, text) in files {
            let url = URL(filePath: folder + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    /// The text of a skill.
    static func text(_ name: String, _ description: String = "Brews tea.", body: String = "Heat the water.") -> String {
        "---\nname: \(name)\ndescription: \(description)\n---\n\n\(body)\n"
    }

    /// A workspace and a home of its own.
    static func places(_ folder: String) throws -> SkillPlaces {
        for name in ["w", "home"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        return SkillPlaces(
            workspace: folder + "/w", home: folder + "/home", configuration: folder + "/home/.config/neo",
            state: folder + "/home/.local/share/neo/skills")
    }

    /// Names of folders and what `SKILL.md` says there: good and bad ones, on every rule of the validator.
    static let judged: [(folder: String, text: String)] = {
        var all: [(String, String)] = []
        func matter(_ folder: String, _ yaml: String, body: String = "\nBody.\n") {
            all.append((folder, "---\n\(yaml)\n---\n\(body)"))
        }
        func name(_ name: String, folder: String? = nil) {
            matter(folder ?? name, "name: \(name)\ndescription: Brews tea.")
        }
        // Names.
        for good in [
            "tea", "green-tea", "t", "tea-2", "2", "été", "чай", "茶", "tee-größe", String(repeating: "a", count: 64),
        ] {
            name(good)
        }
        for bad in [
            "Tea", "-tea", "tea-", "green--tea", "green_tea", "tea.pot", "tea pot", String(repeating: "a", count: 65),
            "ÉTÉ", "tea!", "tea☕",
        ] {
            name(bad)
        }
        name("tea", folder: "pot")
        name("e\u{301}te", folder: "e\u{301}te")
        name("e\u{301}te", folder: "\u{E9}te")
        name("ｔｅａ", folder: "tea")
        // Other forms that are the same after NFKC, and some that are not.
        name("ﬁne-tea", folder: "fine-tea")
        name("tea-②", folder: "tea-2")
        name("ﾁｬ", folder: "チャ")
        name("\u{1112}\u{1161}\u{11AB}", folder: "한")
        name("tea-½")
        name("ǆ-tea", folder: "dž-tea")
        name("straße", folder: "strasse")
        matter("quoted", "name: \"quoted\"\ndescription: 'Brews tea.'")
        matter("spaced", "name: '  spaced '\ndescription: Brews tea.")
        matter("12", "name: 12\ndescription: 34")
        matter("true", "name: true\ndescription: false")
        matter("null", "name: null\ndescription: null")
        matter("noname", "description: Brews tea.")
        matter("emptyname", "name:\ndescription: Brews tea.")
        matter("listname", "name:\n  - a\ndescription: Brews tea.")
        // Descriptions.
        matter("d1", "name: d1")
        matter("d2", "name: d2\ndescription:")
        matter("d3", "name: d3\ndescription: '   '")
        matter("d4", "name: d4\ndescription: \(String(repeating: "x", count: 1_024))")
        matter("d5", "name: d5\ndescription: \(String(repeating: "x", count: 1_025))")
        matter("d6", "name: d6\ndescription: \(String(repeating: "é", count: 1_024))")
        matter("d7", "name: d7\ndescription: >\n  Folded\n  text: with a colon.")
        matter("d8", "name: d8\ndescription: |\n  Kept\n  lines.")
        matter("d9", "name: d9\ndescription: Use when: the pot is cold.")
        matter("d10", "name: d10\ndescription: \"Use when: the pot is cold.\"")
        matter("d11", "name: d11\ndescription:\n  - one\n  - two")
        matter("d12", "name: d12\ndescription:\n  a: b")
        matter("d13", "name: d13\ndescription: Brews\n  tea on two lines.")
        matter("d14", "name: d14\ndescription: Brews # a comment")
        matter("d15", "name: d15\ndescription: \"unterminated")
        matter("d16", "name: d16\ndescription: a --- b")
        matter("d17", "name: d17\ndescription: @home")
        matter("d18", "name: d18\ndescription: ends with a colon:")
        // Other fields.
        matter("f1", "name: f1\ndescription: x\nlicense: Apache-2.0\ncompatibility: Linux\nallowed-tools: shell read")
        matter("f2", "name: f2\ndescription: x\nversion: 1")
        matter("f3", "name: f3\ndescription: x\nmetadata:\n  version: 1.0\n  author: Ada")
        matter("f4", "name: f4\ndescription: x\ncompatibility: \(String(repeating: "x", count: 500))")
        matter("f5", "name: f5\ndescription: x\ncompatibility: \(String(repeating: "x", count: 501))")
        matter("f6", "name: f6\ndescription: x\ncompatibility:\n  - Linux")
        matter("f7", "name: f7\ndescription: x\nallowed-tools:\n  - shell")
        matter("f8", "name: f8\ndescription: x\nlicense:")
        matter("f9", "name: f9\ndescription: x\nname: f9")
        matter("f10", "name: f10\ndescription: x\nmetadata:\n  a: 1\n  a: 2")
        matter("f11", "name: f11\ndescription: x\nmetadata: text")
        matter("f12", "name: f12\ndescription: x\nmetadata:\n  deep:\n    deeper: 1")
        matter("f13", "name: f13\ndescription: x\nmetadata:\n  one:\n    a: 1\n  two:\n      b: 1")
        matter("f14", "name: f14\ndescription: x\ncompatibility:")
        // YAML that the specification's does not have.
        matter("y1", "name: y1\ndescription: x\nallowed-tools: [shell, read]")
        matter("y2", "name: y2\ndescription: x\nmetadata: {a: b}")
        matter("y3", "name: !!str y3\ndescription: x")
        matter("y4", "name: &n y4\ndescription: x")
        matter("y5", "name: &n y5\ndescription: *n")
        matter("y6", "{name: y6, description: x}")
        matter("y7", "- name: y7\n- description: x")
        matter("y8", "just words")
        matter("y9", "")
        matter("y10", "# only a comment")
        matter("y11", "name: y11\n\tdescription: x")
        matter("y12", "name: y12\n description: x")
        matter("y13", "? name\n: y13\n? description\n: x")
        matter("y14", "name: y14\ndescription: x\nmetadata:\n  <<: y")
        // The file as a whole.
        all.append(("w1", "# No front matter\n"))
        all.append(("w2", "---\nname: w2\ndescription: x\n"))
        all.append(("w3", "\n---\nname: w3\ndescription: x\n---\n"))
        all.append(("w4", "---\r\nname: w4\r\ndescription: x\r\n---\r\nBody.\r\n"))
        all.append(("w5", "\u{FEFF}---\nname: w5\ndescription: x\n---\n"))
        all.append(("w6", "---\nname: w6\ndescription: x\n---"))
        all.append(("w7", "--- \nname: w7\ndescription: x\n--- \nBody"))
        all.append(("w8", ""))
        return all
    }()
}
