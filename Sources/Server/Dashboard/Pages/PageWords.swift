internal import AutoML
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Values as pages show them.
enum PageWords {
    /// A moment, for a `time` element.
    static func time(_ date: Date?) -> JSONValue {
        guard let date, date.timeIntervalSince1970 > 0 else { return .null }
        return ["at": .string(date.timestamp), "text": .string(shown(date.timestamp))]
    }

    /// A moment that was written down.
    static func time(_ text: String?) -> JSONValue {
        guard let text else { return .null }
        return ["at": .string(text), "text": .string(shown(text))]
    }

    private static func shown(_ timestamp: String) -> String {
        timestamp.replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    /// A state with a sign, so that nobody needs to tell colours apart.
    static func state(_ name: String) -> JSONValue {
        let (sign, look): (String, String) =
            switch name {
            case "complete", "done", "passed", "searched", "approved", "feasible", "ok", "finished",
                "live", "in service", "promoted", "resolved", "found", "ready", "told apart":
                ("✓", "good")
            case "running", "searching", "open", "under way", "begun", "canary", "shadow": ("●", "busy")
            case "failed", "cannot be read", "infeasible", "model_failed", "red_checks", "unreadable", "crashed",
                "error", "refused", "rolled back by the service", "firing", "not found":
                ("✕", "bad")
            case "in review", "search stopped", "results outdated", "undetermined", "not approved", "changed", "warn",
                "accepted", "waits for a decision", "rolled back", "drifted", "pending":
                ("!", "warn")
            case "stopped": ("‖", "calm")
            default: ("○", "calm")
            }
        return ["sign": .string(sign), "look": .string(look), "name": .string(name.replacing("_", with: " "))]
    }

    static func number(_ value: Double?, digits: Int = 3) -> String {
        value.map { Rounding.text($0, digits: digits) } ?? "–"
    }

    /// A moment in seconds since 1970.
    static func time(_ seconds: Double) -> JSONValue {
        // Beyond the year 9999 a clock is wrong, and a date has no text.
        seconds.isFinite && seconds < 253_402_300_800 ? time(Date(timeIntervalSince1970: seconds)) : .null
    }

    /// `42.1 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "–" }
        let seconds = max(0, seconds)
        if seconds < 60 { return "\(Rounding.text(seconds, digits: 1)) s" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// `0.813` and `0.71 – 0.88`.
    static func estimate(_ estimate: SearchResults.Estimate?) -> JSONValue {
        guard let estimate else { return .null }
        return [
            "value": .string(number(estimate.value)),
            "interval": .string("\(number(estimate.lower)) – \(number(estimate.upper))"),
        ]
    }

    /// Grouped by thousands.
    static func count(_ value: Int) -> String {
        var digits = Array(String(abs(value)))
        var place = digits.count - 3
        while place > 0 {
            digits.insert("\u{202F}", at: place)
            place -= 3
        }
        return (value < 0 ? "−" : "") + String(digits)
    }

    /// A chart with its table.
    static func chart(_ chart: StudyChart?, _ name: String, base: String) -> JSONValue {
        guard let chart else { return .null }
        return [
            "id": .string(name), "caption": .string(chart.caption), "description": .string(chart.description),
            "svg": .string(chart.svg), "csv": .string("\(base)/\(name).csv"),
            "header": .array(chart.header.map { .string($0) }),
            "rows": .array(
                chart.rows.prefix(200).map { row in ["cells": .array(row.map { .string(shortened($0, 60)) })] }),
            "more": .string(chart.rows.count > 200 ? "\(chart.rows.count - 200) more rows are in the CSV file." : ""),
            "hasMore": .bool(chart.rows.count > 200),
        ]
    }

    static func shortened(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }

    /// What comments and their form need.
    static func comments(
        _ all: [ReviewComment], about target: CommentTarget, quote: String, in view: ProjectOverview, next: String
    ) -> JSONValue {
        let found = all.filter { $0.target == target }
        return [
            "base": .string("/p/\(view.found.id)"), "kind": .string(target.kind.rawValue), "target": .string(target.id),
            "quote": .string(shortened(quote, 300)), "next": .string(next), "author": .string(person),
            "key": .string(String(ContentHash(of: "\(target.kind.rawValue) \(target.id)").hex.prefix(8))),
            "list": .array(found.map { comment($0, in: view, next: next) }), "any": .bool(!found.isEmpty),
            "count": .string(found.isEmpty ? "Comment" : found.count == 1 ? "1 comment" : "\(found.count) comments"),
        ]
    }

    /// A comment in a list.
    static func comment(_ comment: ReviewComment, in view: ProjectOverview, next: String) -> JSONValue {
        [
            "number": .string(String(comment.id)), "said": .string(comment.text), "by": .string(comment.author),
            "when": time(comment.created), "back": .string(next), "where": .string("/p/\(view.found.id)"),
            "place": .string(place(of: comment, in: view)), "about": .string(about(comment)),
            "words": .string(comment.quote), "hasWords": .bool(!comment.quote.isEmpty),
        ]
    }

    private static func about(_ comment: ReviewComment) -> String {
        switch comment.target.kind {
        case .project: "the project"
        case .requirements: "requirements.md, line \(comment.target.id)"
        case .design: "design.md, line \(comment.target.id)"
        case .golden: "the question \(comment.target.id)"
        case .answer: "an answer to \(comment.target.id)"
        case .transcript: "a session, \(comment.target.id)"
        }
    }

    private static func place(of comment: ReviewComment, in view: ProjectOverview) -> String {
        let base = "/p/\(view.found.id)"
        switch comment.target.kind {
        case .project: return base + "#comments"
        case .requirements, .design: return "\(base)/\(comment.target.kind.rawValue)#line-\(comment.target.id)"
        case .golden: return "\(base)/golden#q-\(anchor(comment.target.id))"
        case .answer:
            return view.search.map {
                "\(base)/studies/\($0.id.short)/question?id=\(FormBody.encoded(comment.target.id))"
            }
                ?? base
        case .transcript:
            let parts = comment.target.id.split(separator: "#")
            return "\(base)/sessions/\(FormBody.encoded(String(parts.first ?? "")))#e\(parts.last ?? "")"
        }
    }

    /// A name as an anchor: names may hold anything.
    static func anchor(_ name: String) -> String { String(ContentHash(of: name).hex.prefix(10)) }

    /// Who sits here, as far as the system knows; a form lets them say otherwise.
    static var person: String { PersonName.of() }
}
