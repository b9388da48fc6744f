import Base
import Testing

@testable import Downloads

@Suite struct ProxyTests {
    @Test(arguments: [
        ([:], "https://hub.example/a", nil),
        (["https_proxy": "http://walls.example:3128"], "https://hub.example/a", "walls.example:3128"),
        (["HTTPS_PROXY": "walls.example:3128"], "https://hub.example/a", "walls.example:3128"),
        (["https_proxy": "http://walls.example"], "https://hub.example/a", "walls.example:80"),
        (["https_proxy": "http://walls.example"], "http://hub.example/a", nil),
        (["http_proxy": "http://walls.example"], "http://hub.example/a", "walls.example:80"),
        // A web server's child gets the header `Proxy:` of a stranger in this variable.
        (["HTTP_PROXY": "http://walls.example"], "http://hub.example/a", nil),
        (["ALL_PROXY": "http://walls.example"], "https://hub.example/a", "walls.example:80"),
        (["https_proxy": "http://a.example", "all_proxy": "http://b.example"], "https://h.example/", "a.example:80"),
        (["all_proxy": "http://walls.example"], "http://127.0.0.1:80/a", nil),
        (["all_proxy": "http://walls.example"], "http://[::1]:80/a", nil),
        (["all_proxy": "http://walls.example", "no_proxy": "*"], "https://hub.example/a", nil),
        (["all_proxy": "http://walls.example", "no_proxy": "x.org, .example"], "https://Hub.Example/a", nil),
        (["all_proxy": "http://w.org", "NO_PROXY": "ub.example"], "https://hub.example/a", "w.org:80"),
    ])
    func `The variables that curl obeys decide`(
        environment: [String: String], url: String, expected: String?
    ) throws {
        let proxy = try ProxySettings(environment: environment).proxy(for: try Address(url))
        #expect(proxy.map { "\($0.host):\($0.port)" } == expected)
    }

    @Test(arguments: ["socks5://walls.example:1080", "https://walls.example", "http://"])
    func `A value that is no HTTP proxy is named by its variable and not repeated`(value: String) throws {
        let settings = ProxySettings(environment: ["https_proxy": value])
        let error = #expect(throws: TransferFailure.self) { try settings.proxy(for: Address("https://hub.example")) }
        #expect(error?.reason.contains("https_proxy") == true)
        #expect(error?.reason.contains("walls") == false)
    }

    /// Fetches the model from `http://hub.example` through a proxy; answers what the proxy was asked.
    ///
    /// A wrong password is answered at once, but the client asks again until its time is up.
    private static func fetch(password: String, milliseconds: Int64) async throws -> (asked: [String], hub: LoopbackHub)
    {
        let hub = LoopbackHub { request, _ in TestModel.content(request.path).map { .content($0) } ?? .status(404) }
        let asked = try await hub.run { endpoint in
            let proxy = LoopbackProxy(
                to: endpoint.split(separator: ":").last.flatMap { Int($0) } ?? 0,
                authorization: "Basic bmVvOnMzY3JldA=="  // neo:s3cret
            )
            return try await proxy.run { port in
                try await withTemporaryRoot { root in
                    let variables = ["http_proxy": "http://neo:\(password)@127.0.0.1:\(port)"]
                    let store = ModelStore.test(
                        root: root, endpoint: "http://hub.example", token: "hf_secret",
                        proxies: ProxySettings(environment: variables), attempts: 1,
                        connectMilliseconds: milliseconds
                    )
                    _ = try await store.pull("tiny")
                    return proxy.requests
                }
            }
        }
        return (asked, hub)
    }

    @Test func `A model is fetched through a proxy that wants a password`() async throws {
        let (asked, hub) = try await Self.fetch(password: "s3cret", milliseconds: 60_000)
        #expect(asked == ["CONNECT hub.example:80 HTTP/1.1", "CONNECT hub.example:80 HTTP/1.1"])
        #expect(hub.requests.map(\.host) == ["hub.example", "hub.example"])
        // Without TLS everybody on the way could read it.
        #expect(hub.requests.map(\.authorization) == [nil, nil])
    }

    @Test func `A wrong password is said without being shown`() async throws {
        let error = await #expect(throws: DownloadsError.self) {
            _ = try await Self.fetch(password: "wr0ng", milliseconds: 60_000)
        }
        #expect(error?.message.contains("proxy wants a user and a password") == true)
        #expect(error?.message.contains("wr0ng") == false)
    }
}
