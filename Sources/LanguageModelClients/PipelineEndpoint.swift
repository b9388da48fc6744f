package import Base

/// A whole retrieval that somebody serves: a question goes in, passages come out.
package struct PipelineEndpoint: Sendable, Hashable {
    /// The address that questions are posted to.
    package var url: String
    /// Headers that name or authorise the caller; never sent over a connection that others can read.
    package var headers: [String: Secret]
    /// How long one question may take.
    package var timeLimitSeconds: Double
    /// The longest answer that is read.
    package var replyBytes: Int

    /// An endpoint.
    package init(url: String, headers: [String: Secret] = [:], timeLimitSeconds: Double, replyBytes: Int) {
        self.url = url
        self.headers = headers
        self.timeLimitSeconds = timeLimitSeconds
        self.replyBytes = replyBytes
    }
}
