internal import Engineer
internal import HTTPTypes
internal import Hummingbird
internal import Tracking

extension DashboardRoutes {
    /// The picture of a design at `/p/PROJECT/design.svg`; nil where the path is of something else.
    func picture(_ path: String) async throws -> Response? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 3, parts[0] == "p", parts[2] == "design.svg" else { return nil }
        guard let data = DesignWriter.picture(try await pages.projects.reader(parts[1]).project()) else {
            throw DashboardPages.missing
        }
        var headers: HTTPFields = [:]
        headers[.contentType] = "image/svg+xml"
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// A file of a run at `/p/PROJECT/run/file?id=RUN&entry=NUMBER`; nil where the path is of something else.
    ///
    /// Browsers draw images, and save everything else: a document of a run, such as an SVG with a script in it, must not be
    /// one of this server's pages.
    func file(_ path: String, _ query: FormBody, _ context: ServerContext) async throws -> Response? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 4, parts[0] == "p", parts[2] == "run", parts[3] == "file" else { return nil }
        guard let store = try await pages.projects.reader(parts[1]).runs() else { throw DashboardPages.missing }
        let run = try await DashboardPages.find(query["id"] ?? "", in: store)
        guard let number = query["entry"].flatMap({ Int($0) }),
            let logged = try await store.entry(number, of: run.id),
            let file = KeptFile(logged.entry, state: store.folder)
        else {
            throw RequestFailure(
                .notFound, code: "not_found",
                "This run keeps no such file, or not any more; its page lists what it has.")
        }
        var headers: HTTPFields = [:]
        headers[.contentType] = file.imageType ?? "application/octet-stream"
        headers[.contentDisposition] = file.disposition
        headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'; sandbox"
        return Response(
            status: .ok, headers: headers, body: try await FileIO().loadFile(path: file.path, context: context))
    }
}
