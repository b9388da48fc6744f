internal import CXML2

/// Reads HTML of any quality with libxml2, as a stream of elements: no tree is built, so depth costs no stack and
/// memory goes with the text.
///
/// Nothing is fetched, and no entity but HTML's own is known.
enum HTMLReader {
    /// How many open elements may be compared with end tags that match none: libxml2 looks through all of them.
    private static let mismatchBudget = 400_000_000

    private final class Course {
        let builder = HTMLPageBuilder()
        var depth = 0
        var mismatches = 0
        var isStopped = false
        var parser: htmlParserCtxtPtr?

        /// An end tag that closes nothing has been compared with every open element.
        func countMismatch() {
            mismatches += depth
            guard mismatches > mismatchBudget, !isStopped, let parser else { return }
            isStopped = true
            xmlStopParser(parser)
        }
    }

    /// The page of a text in UTF-8.
    static func read(_ bytes: [UInt8]) -> HTMLPage {
        let course = Course()
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self),
                let count = Int32(exactly: raw.count),
                let parser = htmlCreateMemoryParserCtxt(base, count)
            else { return }
            defer { htmlFreeParserCtxt(parser) }
            let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
            htmlCtxtUseOptions(parser, Int32(options))
            if let utf8 = xmlFindCharEncodingHandler("UTF-8") { xmlSwitchToEncoding(parser, utf8) }
            course.parser = parser
            parser.pointee.sax.pointee = handlers()
            parser.pointee.userData = Unmanaged.passUnretained(course).toOpaque()
            htmlParseDocument(parser)
        }
        return course.builder.finish(isCut: course.isStopped)
    }

    private static func handlers() -> htmlSAXHandler {
        var handlers = htmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.startElement = { context, name, attributes in
            guard let context, let name else { return }
            let course = Unmanaged<Course>.fromOpaque(context).takeUnretainedValue()
            course.depth += 1
            course.builder.begin(String(cString: name)) { HTMLReader.attribute($0, attributes) }
        }
        handlers.endElement = { context, name in
            guard let context, let name else { return }
            let course = Unmanaged<Course>.fromOpaque(context).takeUnretainedValue()
            course.depth -= 1
            course.builder.end(String(cString: name))
        }
        let characters: charactersSAXFunc = { context, bytes, count in
            guard let context, count > 0 else { return }
            let course = Unmanaged<Course>.fromOpaque(context).takeUnretainedValue()
            course.builder.add(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        handlers.characters = characters
        handlers.ignorableWhitespace = characters
        handlers.cdataBlock = characters
        handlers.serror = { context, error in
            guard let context, let error, error.pointee.code == XML_ERR_TAG_NAME_MISMATCH.rawValue else { return }
            Unmanaged<Course>.fromOpaque(context).takeUnretainedValue().countMismatch()
        }
        return handlers
    }

    /// The value of an attribute; empty where it has none.
    private static func attribute(_ name: String, _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> String? {
        guard var pair = list else { return nil }
        while let key = pair.pointee {
            if xmlStrcasecmp(key, name) == 0 { return pair[1].map { String(cString: $0) } ?? "" }
            pair += 2
        }
        return nil
    }
}
