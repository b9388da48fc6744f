import Testing

@testable import Downloads

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://hub.example/a/b", "/c?d=e", "https://hub.example/c?d=e", true),
        ("https://hub.example/a", "https://cdn.example/x", "https://cdn.example/x", false),
        ("https://hub.example/a", "https://HUB.example:443/x", "https://HUB.example:443/x", true),
        ("http://hub.example/a", "https://hub.example/a", "https://hub.example/a", false),
    ])
    func `A redirect is resolved, and another origin is noticed`(
        from: String, location: String, to: String, same: Bool
    ) throws {
        let start = try Address(from)
        let target = try start.redirected(to: location)
        #expect(target.url == to)
        #expect((target.origin == start.origin) == same)
    }

    @Test func `A redirect never gives up encryption`() throws {
        let start = try Address("https://hub.example/a")
        #expect(throws: TransferFailure.self) { _ = try start.redirected(to: "http://hub.example/a") }
    }

    @Test(arguments: [
        ("https://hub.example", true), ("http://hub.example", false), ("http://127.0.0.1:80", true),
        ("http://localhost:80", true),
    ])
    func `Secrets travel encrypted or not at all`(url: String, expected: Bool) throws {
        #expect(try Address(url).mayCarrySecrets == expected)
    }

    @Test(arguments: ["", "hub.example/a", "file:///etc/passwd", "ftp://hub.example/a", "http:///a"])
    func `What is no web address is refused`(text: String) {
        #expect(throws: TransferFailure.self) { _ = try Address(text) }
    }
}
