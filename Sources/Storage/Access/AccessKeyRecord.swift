/// A key of a service, as it is kept: without its secret.
package struct AccessKeyRecord: Sendable, Hashable {
    /// The part of the key that is no secret.
    package var id: String
    /// Whose it is.
    package var name: String
    /// The SHA-256 of the secret.
    package var hash: String
    /// What it may be used for.
    package var scopes: [String]
    /// Whose documents it sees.
    package var groups: [String]
    /// How many requests a minute it has; nil for any number.
    package var perMinute: Int?
    /// How many requests a day it has; nil for any number.
    package var perDay: Int?
    /// When it was made.
    package var created: String
    /// When it ends; nil for never.
    package var expires: String?
    /// When it was taken back; nil where it was not.
    package var revoked: String?

    /// A key.
    package init(
        id: String, name: String, hash: String, scopes: [String], groups: [String], perMinute: Int? = nil,
        perDay: Int? = nil, created: String, expires: String? = nil, revoked: String? = nil
    ) {
        self.id = id
        self.name = name
        self.hash = hash
        self.scopes = scopes
        self.groups = groups
        self.perMinute = perMinute
        self.perDay = perDay
        self.created = created
        self.expires = expires
        self.revoked = revoked
    }
}
