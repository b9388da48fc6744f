internal import AsyncHTTPClient

/// What is wrong with a connection, in words of the network rather than of its library, and what helps.
struct ConnectionTrouble {
    /// What is wrong, and what helps; nil where the connection was there, and broke off.
    let words: String?
    /// Whether another try may go better.
    let mayPass: Bool

    /// The trouble behind an error of the client.
    ///
    /// - Parameter certificateAuthority: the file of the authority that was trusted, beside those of the machine.
    init(_ error: any Error, certificateAuthority: String?) {
        // The types of these errors are private to several packages; their descriptions are not.
        let said = String(describing: error)
        func says(_ parts: String...) -> Bool { parts.contains { said.containsAnyCase($0) } }
        if says("CERTIFICATE_VERIFY_FAILED") {
            mayPass = false
            words =
                certificateAuthority.map {
                    "its certificate is signed neither by the authority in \($0) nor by one that this machine trusts; is "
                        + "that the right authority, and is the certificate still valid?"
                }
                ?? "its certificate is not signed by an authority that this machine trusts; if it has one of its own, name "
                + "the file with that authority's certificate"
        } else if says("unableToValidateCertificate", "failedToVerifyHostname", "Hostname")
            && says("certificate", "SSL")
        {
            mayPass = false
            words = "its certificate is for another name; use the name that the certificate is for"
        } else if says("WRONG_VERSION_NUMBER", "HTTP_REQUEST") {
            mayPass = false
            words = "it does not speak TLS there; does its address begin with http:// rather than https://?"
        } else if says("DNS error") {
            mayPass = true
            words = "its name is not known; is it spelled right, and is there a network?"
        } else if says("refused") {
            mayPass = true
            words = "nobody listens there; is the server running?"
        } else if says("connectTimeout") {
            mayPass = true
            words = "no connection came about in time; is the address right, and is the server running?"
        } else if says("unexpected time", "invalidEOFState", "bodyLengthMismatch") {
            mayPass = true
            words = nil
        } else if says("remoteConnectionClosed", "connection reset", "uncleanShutdown") {
            mayPass = true
            words = "it closed the connection without an answer; is the server running? Its log may say why"
        } else if says("proxy") {
            mayPass = true
            words = "the proxy before it does not let the connection through (\(said.prefix(200)))"
        } else {
            mayPass = true
            words = "(\(said.prefix(200))); is the server running?"
        }
    }
}

extension String {
    /// Whether a text stands in this one, in letters of either size.
    fileprivate func containsAnyCase(_ part: String) -> Bool { lowercased().contains(part.lowercased()) }
}
