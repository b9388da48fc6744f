/// The six forms of a requirement's sentence in the Easy Approach to Requirements Syntax.
///
/// Source: A. Mavin, P. Wilkinson, A. Harwood, M. Novak: "Easy Approach to Requirements Syntax (EARS)", 17th IEEE
/// International Requirements Engineering Conference (RE'09), section 3.
package enum EARSForm: String, Sendable, Hashable, CaseIterable {
    /// `The <system> shall <response>.`
    case ubiquitous
    /// `While <state>, the <system> shall <response>.`
    case state
    /// `When <trigger>, the <system> shall <response>.`
    case event
    /// `Where <feature is included>, the <system> shall <response>.`
    case optional
    /// `If <trigger>, then the <system> shall <response>.`
    case unwanted
    /// `While <state>, when <trigger>, the <system> shall <response>.`: more than one condition.
    case complex

    /// The pattern, as it is shown to who has to write one.
    package var pattern: String {
        switch self {
        case .ubiquitous: "The <system> shall <response>"
        case .state: "While <state>, the <system> shall <response>"
        case .event: "When <trigger>, the <system> shall <response>"
        case .optional: "Where <feature is included>, the <system> shall <response>"
        case .unwanted: "If <trigger>, then the <system> shall <response>"
        case .complex: "While <state>, when <trigger>, the <system> shall <response>"
        }
    }
}
