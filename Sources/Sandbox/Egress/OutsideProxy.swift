package import Base

/// Proxies that stand between this machine and the hosts outside, as companies have them: asked with CONNECT. What a name
/// leads to is theirs to judge then, because names are asked there.
package struct OutsideProxy: Sendable {
    /// One of them.
    package struct Server: Sendable {
        let address: HostAndPort
        /// `user:password`, in Base64.
        let authorization: Secret?

        /// A proxy.
        ///
        /// - Parameter authorization: `user:password` for it, in Base64.
        /// - Throws: `SandboxError` where the host is none.
        package init(host: String, port: Int, authorization: Secret? = nil) throws(SandboxError) {
            address = HostAndPort(host: try HostName(host), port: port)
            self.authorization = authorization
        }
    }

    /// The proxy for a host; nil where it is reached directly.
    let server: @Sendable (HostAndPort) -> Server?

    /// Proxies chosen by a function.
    package init(_ server: @escaping @Sendable (HostAndPort) -> Server?) { self.server = server }
}
