import Base
import TestSupport
import Testing

@Suite struct GoldenFileTests {
    @Test func `an equal text has no difference, another one is shown with the lines around it`() {
        #expect(
            GoldenFile.difference(from: "a\nb\nc\nd\ne\nf\ng\nh", to: "a\nb\nc\nd\ne\nF\ng\nh\ni") == """
                …
                  d
                  e
                - f
                + F
                  g
                  h
                + i
                """)
    }

    @Test func `a missing file says how to make it, and recording makes it`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let source = "\(folder)/Tests.swift"
            let file = GoldenFile("x/y.txt", beside: source, environment: [:])
            #expect(try file.difference(from: "one\n")?.contains("RECORD=1") == true)
            #expect(
                try GoldenFile("x/y.txt", beside: source, environment: ["RECORD": "1"]).difference(from: "one\n") == nil
            )
            #expect(try file.difference(from: "one\n") == nil)
            #expect(try file.difference(from: "two\n")?.contains("- one\n+ two") == true)
        }
    }
}
