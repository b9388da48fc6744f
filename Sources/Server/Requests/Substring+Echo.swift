extension StringProtocol {
    /// The first scalars, for an error that repeats what a client sent. Characters would not do: one of them can have
    /// a megabyte of accents.
    func beginning(_ count: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}

extension Substring {
    /// Without white space around it.
    var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
