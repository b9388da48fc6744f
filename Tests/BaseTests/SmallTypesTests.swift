import Base
import Testing

@Suite struct SmallTypesTests {
    @Test func `the generator equals the reference sequence of SplitMix64 for seed 1234567`() {
        var generator = SplitMix64(seed: 1_234_567)
        let drawn = (0..<5).map { _ in generator.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `a generator goes on where its count says`() {
        var whole = SplitMix64(seed: 9)
        _ = whole.next()
        _ = whole.next()
        var resumed = SplitMix64(seed: 9, drawn: whole.drawn)
        #expect(whole.next() == resumed.next())
    }

    @Test(arguments: [("kitten", "sitting", 3), ("documnts", "documents", 1), ("ab", "ba", 1), ("", "abc", 3)])
    func `edit distances`(left: String, right: String, distance: Int) {
        #expect(editDistance(left, right) == distance)
    }

    @Test func `the nearest word is offered only when it is near`() {
        #expect(nearest(to: "trails", in: ["trials", "seed"]) == "trials")
        #expect(nearest(to: "banana", in: ["trials", "seed"]) == nil)
    }

    @Test(arguments: [(0, 1), (2, 1), (3, 2), (4, 3), (9, 3)])
    func `lines of offsets`(offset: Int, line: Int) {
        #expect(LineIndex("ab\n\ncd").line(at: offset) == line)
    }

    @Test func `a secret is printed nowhere, and compared whole`() throws {
        let secret = try #require(Secret("hunter2"))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("hunter2"))
        #expect(secret.matches("hunter2"))
        #expect(!secret.matches("hunter"))
        #expect(!secret.matches("hunter22"))
        #expect(!secret.matches(""))
    }
}
