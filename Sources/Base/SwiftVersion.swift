/// The compiler that built this program, and how: `6.3, optimised`. The language offers it to conditions only.
package var swiftVersion: String {
    #if compiler(>=6.5)
        let version = "6.5 or newer"
    #elseif compiler(>=6.4)
        let version = "6.4"
    #elseif compiler(>=6.3)
        let version = "6.3"
    #else
        let version = "6.2"
    #endif
    #if DEBUG
        return version + ", not optimised"
    #else
        return version + ", optimised"
    #endif
}
