import Testing

@testable import Agents

@Suite struct ShellLineTests {
    private func commands(_ line: String) throws -> [String] {
        try ShellLine(line).commands.map { $0.words.map(\.text).joined(separator: " ") }
    }

    @Test(arguments: [
        ("ls -l", ["ls -l"]), ("a && b || c; d | e & f", ["a", "b", "c", "d", "e", "f"]), ("a\nb", ["a", "b"]),
        ("echo 'a && b' \"c; d\" e\\;f", ["echo a && b c; d e;f"]), ("(cd x; make)", ["cd x", "make"]),
        ("A=1 B=2 make all", ["make all"]), ("env -u X A=1 make", ["env -u X A=1 make", "make"]),
        ("sudo -u root rm -rf x", ["sudo -u root rm -rf x", "rm -rf x"]),
        ("ls | xargs -n 1 rm", ["ls", "xargs -n 1 rm", "rm"]),
        ("bash -lc 'rm x; ls'", ["bash -lc rm x; ls", "rm x", "ls"]),
        ("find . -name x -exec rm {} \\;", ["find . -name x -exec rm {} ;", "rm {}"]),
        ("echo $(rm x)", ["echo ", "rm x"]), ("make # rm x", ["make"]), ("gcc a.c \\\n -o a", ["gcc a.c -o a"]),
        ("cat > f <<'EOF'\nrm $x `y`\nEOF\nls", ["cat", "ls"]), ("r''m x", ["rm x"]), ("\"rm\" x", ["rm x"]),
        ("timeout -k 5 10 nice -n 3 rm x", ["timeout -k 5 10 nice -n 3 rm x", "nice -n 3 rm x", "rm x"]),
        ("! grep x y", ["grep x y"]), ("a |& b", ["a", "b"]), ("", []),
    ])
    func `a line is the simple commands that it runs`(line: String, expected: [String]) throws {
        #expect(try commands(line) == expected)
    }

    @Test(arguments: [
        "for i in 1 2; do rm $i; done", "if true; then rm x; fi", "$cmd x", "`rm x`", "eval 'rm x'", ". ./x",
        "echo ${x:-$(rm y)}", "echo 'open", "echo \"open", "f() { rm x; }", "a ) b", "(a", "echo $((1+1))",
        "diff <(a) b",
        "cat <<EOF\n$(rm x)\nEOF", "cat <<EOF\nno end", "x=$'\\x72m'; $x", "bash -c \"$x\"", "env -S 'rm x'", "rm\u{0}",
        "bash -o pipefail -c 'rm x'", "{ rm x; }", "case x in x) rm y;; esac", "a=(rm x)", "echo \\", "ls >",
        "[[ -f x ]] && rm x", "su -c 'rm x'", "/bin/r? x",
    ])
    func `what cannot be read for certain is not`(line: String) {
        #expect(throws: ShellUnknown.self) { try ShellLine(line) }
    }

    @Test func `files that the shell itself writes are named`() throws {
        let line = try ShellLine("make >out.txt 2>&1 2>>err.txt </dev/null &>all >|forced 2>/dev/null")
        #expect(line.writes.map(\.text) == ["out.txt", "err.txt", "all", "forced"])
        #expect(line.reads.map(\.text) == ["/dev/null"])
        #expect(line.commands.map { $0.words.map(\.text) } == [["make"]])
        #expect(try ShellLine("echo x > $f").writes.map(\.isOpaque) == [true])
    }

    @Test func `random bytes are read or refused`() {
        var random = SystemRandomNumberGenerator()
        let letters = Array("ab '\"\\$(){}<>|&;\n`#=-!*?[]~0")
        for _ in 0..<3_000 {
            let line = String(
                (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                })
            _ = try? ShellLine(line)
        }
    }
}
