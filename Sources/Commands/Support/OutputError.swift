internal import Base

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The result could not be written to standard output.
struct OutputError: DescribedError {
    /// `errno`.
    let number: Int32

    var message: String {
        number == ENOSPC || number == EDQUOT
            ? "The disk is full: not all of the result could be written to standard output. Make room and run the "
                + "command again."
            : "Not all of the result could be written to standard output: \(String(cString: strerror(number)))."
    }

    var cause: (any Error)? { nil }
}
