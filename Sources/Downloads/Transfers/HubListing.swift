internal import Base
internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a repository of the Hub holds at a commit, as `GET /api/models/OWNER/NAME/revision/REVISION?blobs=true` says.
struct HubListing: Sendable, Hashable {
    /// A file, and how its content can be recognised.
    struct File: Sendable, Hashable {
        var path: String
        var size: Int
        /// The hash of a large file.
        var hash: ContentHash?
        /// Git's name of a small one: the SHA-1 of `blob SIZE`, a zero byte and the content.
        var blob: String?

        /// Whether these bytes are the file.
        func isRight(_ bytes: [UInt8]) -> Bool {
            if let hash { return ContentHash(of: Data(bytes)) == hash }
            guard let blob else { return false }
            var sha = Insecure.SHA1()
            sha.update(data: Array("blob \(bytes.count)\u{0}".utf8))
            sha.update(data: bytes)
            return sha.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == blob.lowercased()
        }
    }

    /// The commit's SHA-1.
    var commit: String
    /// The licence that the repository names.
    var licence: String?
    var files: [File]

    /// Reads the Hub's answer; files without a size or a hash are left out, because nothing could be checked.
    init(_ json: JSONValue) throws(DownloadsError) {
        guard let commit = json["sha"]?.string, commit.utf8.count == 40, commit.allSatisfy(\.isHexDigit) else {
            throw DownloadsError(.unavailable, "the answer names no commit")
        }
        self.commit = commit.lowercased()
        licence = json["cardData"]?["license"]?.string
        files = (json["siblings"]?.array ?? []).compactMap { sibling in
            guard let path = sibling["rfilename"]?.string, let size = sibling["size"]?.integer, size >= 0 else {
                return nil
            }
            let hash = sibling["lfs"]?["sha256"]?.string.flatMap { ContentHash(hex: $0) }
            let blob = sibling["blobId"]?.string
            return hash == nil && blob == nil ? nil : File(path: path, size: size, hash: hash, blob: blob)
        }
    }
}

extension HubClient {
    /// What a repository holds at a branch, tag or commit.
    func listing(of repository: String, revision: String) async throws -> HubListing {
        let url = "\(endpoint)/api/models/\(repository)/revision/\(revision)?blobs=true"
        let bytes = try await contents(url, limit: 16 << 20)
        do {
            return try HubListing(try JSONValue(parsing: Data(bytes)))
        } catch let error as DownloadsError {
            throw DownloadsError(error.code, "\(url): \(error.message)")
        } catch {
            throw DownloadsError(.unavailable, "\(url) did not answer with JSON", cause: error)
        }
    }

    /// A small file of a listing, checked.
    func contents(of file: HubListing.File, in repository: String, commit: String) async throws -> [UInt8] {
        let url = "\(endpoint)/\(repository)/resolve/\(commit)/\(file.path)"
        let bytes = try await contents(url, limit: file.size)
        guard file.isRight(bytes) else {
            throw DownloadsError(.damaged, "\(file.path) is not what the Hub's listing promises")
        }
        return bytes
    }

    private func contents(_ url: String, limit: Int) async throws -> [UInt8] {
        var sink = MemorySink(limit: limit)
        try await transfer(url, size: nil, into: &sink) { _ in }
        return sink.bytes
    }
}
