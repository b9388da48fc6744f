import NIOSSL
import Processes
import TestSupport
import Testing

/// An authority and a server's certificate for 127.0.0.1, made by openssl.
struct TestCertificates {
    private let folder: String

    /// The authority's certificate.
    var authority: String { folder + "/ca.pem" }
    /// An authority that signed nothing.
    var otherAuthority: String { folder + "/other.pem" }
    /// A file that holds no certificate.
    var noCertificate: String { folder + "/ca.key.txt" }

    /// Makes them while `body` works.
    static func with<Result>(_ body: (TestCertificates) async throws -> Result) async throws -> Result {
        try await withTemporaryDirectory { folder async throws in
            let script = """
                key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
                openssl req -x509 $key -keyout ca.key -out ca.pem -subj /CN=authority -days 2
                openssl req -x509 $key -keyout other.key -out other.pem -subj /CN=other -days 2
                openssl req $key -keyout server.key -out server.csr -subj /CN=server
                printf 'subjectAltName=IP:127.0.0.1\\n' >names
                openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile names
                echo hello >ca.key.txt
                """
            let result = try await ChildProcess(
                executable: "bash", arguments: ["-euc", script], directory: folder
            ).run()
            try #require(result.status == 0, "\(result.errorOutput)")
            return try await body(TestCertificates(folder: folder))
        }
    }

    /// How the server speaks.
    func server() throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(folder + "/server.pem").map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: folder + "/server.key", format: .pem)))
    }
}
