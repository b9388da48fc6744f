import Testing

@testable import Downloads

@Suite struct PackageIndexTests {
    /// What the script says where these are pip's settings.
    private static func index(
        _ settings: String, _ environment: [String: String] = [:]
    ) throws -> PackageIndex {
        try #require(
            PackageIndex(
                """
                {"settings": {\(settings)}, "index": "https://pypi.example/simple", "files": "https://files.example"}
                """, command: "download", environment))
    }

    @Test(
        "The hosts are those that pip's settings name",
        arguments: [
            ("", ["files.example:443", "pypi.example:443"]),
            ("\"global.index-url\": \"https://mirror.example/simple\"", ["mirror.example:443"]),
            ("\"global.index-url\": \"https://me:secret@mirror.example:8443/simple\"", ["mirror.example:8443"]),
            (
                "\"global.extra-index-url\": \"http://a.example/\\nhttp://b.example:81/\"",
                ["a.example:80", "b.example:81", "files.example:443", "pypi.example:443"]
            ),
            (
                "\"global.index-url\": \"https://a.example/\", \"download.index-url\": \"https://b.example/\"",
                ["b.example:443"]
            ),
            (
                "\"download.index-url\": \"https://b.example/\", \":env:.index-url\": \"https://c.example/\"",
                ["c.example:443"]
            ),
            ("\"install.index-url\": \"https://b.example/\"", ["files.example:443", "pypi.example:443"]),
            (
                "\"global.no-index\": \"true\", \"global.find-links\": \"https://l.example/x /wheels\"",
                ["l.example:443"]
            ),
            (
                "\"global.index-url\": \"https://m.example/\", \"global.trusted-host\": \"t.example:8080\"",
                ["m.example:443", "t.example:8080"]
            ),
        ])
    func hosts(settings: String, hosts: [String]) throws {
        #expect(try Self.index(settings).hosts == hosts)
    }

    @Test func `settings go inside as variables, without files and without the proxy`() throws {
        let index = try Self.index(
            """
            "global.cert": "/etc/ssl/certs", "global.timeout": "9", "download.timeout": "5", "install.user": "1",
            ":env:.config-file": "/home/ada/pip.conf", ":env:.proxy": "http://walls.example:3128"
            """, ["SSL_CERT_FILE": "/usr", "NEO_PIP_HOSTS": "a.example, b.example:81"])
        #expect(index.proxy == "http://walls.example:3128")
        #expect(
            index.variables == [
                "PIP_CERT": "/etc/ssl/certs", "PIP_TIMEOUT": "5", "PIP_CONFIG_FILE": "/dev/null",
                "SSL_CERT_FILE": "/usr",
            ])
        #expect(index.files == ["/etc/ssl/certs", "/usr"])
        #expect(index.hosts == ["a.example", "b.example:81", "files.example:443", "pypi.example:443"])
    }

    @Test func `what the script did not say is nothing`() {
        for said in ["", "Traceback", "[]", "{\"settings\": 1}"] {
            #expect(PackageIndex(said, command: "download", [:]) == nil)
        }
    }
}
