/// A row that nobody can have written: the bytes of the file were changed where SQLite does not notice.
struct DamagedRow: Error, CustomStringConvertible {
    let description: String
}
