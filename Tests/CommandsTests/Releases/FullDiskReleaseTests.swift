import Base
import Testing

/// A release that is made, and one that is put into service, while the disk is full.
@Suite(
    .enabled("Nobody may mount a small disk here: `unshare` with a mount namespace is refused.") {
        await FullDisk.opener() != nil
    }, .timeLimit(.minutes(3)))
struct FullDiskReleaseTests {
    @Test func `on a full disk no release is made and none promoted, the live one stays, and with room again both are`()
        async throws
    {
        let rooms = [0, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256]
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "1")
            for _ in 0..<2 { try await neo.check("release", "build", "p") }
            try await neo.check("release", "promote", "1", "p")
            // What may be deleted at any time would fill the little disk.
            try await neo.shell("rm -rf p/.neo/cache")
            try await FullDisk.run(
                neo,
                """
                look() {
                    rm -f filler
                    ls -A p/release > ../attempts/$1.left
                    "$NEO" release list p --json > ../attempts/$1.list
                }
                for room in \(rooms.map(String.init).joined(separator: " ")); do
                    leave $room
                    attempt build-$room "$NEO" release build p
                    look build-$room
                    rm -rf p/.neo/cache
                    leave $room
                    attempt promote-$room "$NEO" release promote 2 p
                    look promote-$room
                    attempt back-$room "$NEO" release rollback p
                    rm -rf p/.neo/cache
                done
                attempt build "$NEO" release build p
                attempt promote "$NEO" release promote latest p
                attempt verify "$NEO" release verify live p
                look promote
                """)
            var made = 2
            var refused = (builds: 0, promotions: 0)
            for room in rooms {
                let build = try FullDisk.attempt("build-\(room)", of: neo)
                if build.status == 0 { made += 1 } else { refused.builds += 1 }
                expectSentence(build, "build with \(room) KiB")
                // A release that is not whole is not there, under no name.
                let left = try neo.read("attempts/build-\(room).left").split(separator: "\n").map(String.init)
                #expect(left.sorted() == (1...made).map(String.init), "\(room) KiB: \(build.errorOutput)")
                #expect(try list(neo, "build-\(room)")["live"] == 1)

                let promotion = try FullDisk.attempt("promote-\(room)", of: neo)
                if promotion.status != 0 { refused.promotions += 1 }
                expectSentence(promotion, "promotion with \(room) KiB")
                let live = try list(neo, "promote-\(room)")["live"]
                #expect(live == (promotion.status == 0 ? 2 : 1), "\(room) KiB: \(promotion.errorOutput)")
            }
            #expect(refused.builds >= 3 && refused.promotions >= 1, "\(refused)")
            for name in ["build", "promote", "verify"] {
                let attempt = try FullDisk.attempt(name, of: neo)
                #expect(attempt.status == 0, "\(name): \(attempt.errorOutput)")
            }
            #expect(try list(neo, "promote")["live"] == .integer(made + 1))
        }
    }

    private func list(_ neo: NeoProcess, _ name: String) throws -> JSONValue {
        try JSONValue(parsing: neo.read("attempts/\(name).list"))
    }

    /// Done, or a failure that says why and what to do.
    private func expectSentence(_ attempt: FullDisk.Attempt, _ what: String) {
        guard attempt.status != 0 else { return }
        let text = attempt.errorOutput
        #expect(attempt.status == 1, "\(what): \(text)")
        #expect(text.contains("disk is full") && text.contains("make room"), "\(what): \(text)")
        #expect(!text.contains("Error Domain"), "\(what): \(text)")
    }
}
