/// Why an attempt failed, and whether another one makes sense.
package struct TransferFailure: Error {
    package var retry: Bool
    package var reason: String
}
