import Testing

@testable import Engineer

@Suite struct PointLabelsTests {
    @Test func `Names of points that lie on each other stand together, others alone`() {
        var labels = PointLabels()
        for (text, x, y) in [("6", 100.0, 50.0), ("11", 101, 51), ("0", 100, 90), ("13", 44, 50), ("21", 112, 49)] {
            labels.add(text, x, y)
        }
        #expect(labels.labels.map(\.text) == ["6, 11, 21", "0", "13"])
        #expect(labels.labels[0] == .init(text: "6, 11, 21", x: 100, y: 50))
    }
}
