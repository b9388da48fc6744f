internal import Base
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Looks at what a service is made of: models, packages, documents, with their licences and what pins them.
struct SupplyAudit {
    let project: Project
    let documents: [Document]
    let model: @Sendable (String) -> Audit.Component?

    func add(to audit: inout Audit) {
        addModels(to: &audit)
        addPackages(to: &audit)
        addDocuments(to: &audit)
        audit.unchecked.append(
            "Whether a package or a model has a known hole: that takes a list of holes, which changes daily. Ask one, such as "
                + "osv.dev, with the names and versions above.")
    }

    private func addModels(to audit: inout Audit) {
        for setting in project.file.encoders + project.file.rerankers {
            switch setting.source {
            case .store(let name): add(name, to: &audit)
            case .folder(let path):
                audit.components.append(
                    Audit.Component(kind: "model", name: setting.name, version: path, licence: nil, digest: nil))
                audit.findings.append(unknownLicence(setting.name, "It lies in a folder of yours, \(path)."))
            case .endpoint:
                audit.components.append(
                    Audit.Component(kind: "model", name: setting.name, version: "served", licence: nil, digest: nil))
                audit.findings.append(
                    AuditFinding(
                        id: "supply.served.\(setting.name)", family: "supply", severity: .low,
                        what: "The model \(setting.name) is served by somebody else, who can change it at any time.",
                        evidence: "", standard: OWASP.supplyChain,
                        remedy: "Name a version of it where the server knows any, and audit again when it changes."))
            }
        }
        for generator in project.file.generation.models where generator.name != "none" {
            add(generator.name, to: &audit)
        }
    }

    private func add(_ name: String, to audit: inout Audit) {
        guard let component = model(name) else {
            audit.components.append(
                Audit.Component(kind: "model", name: name, version: "not known", licence: nil, digest: nil))
            return
        }
        audit.components.append(component)
        if component.licence == nil { audit.findings.append(unknownLicence(name, "")) }
    }

    private func unknownLicence(_ name: String, _ more: String) -> AuditFinding {
        AuditFinding(
            id: "supply.licence.\(name)", family: "supply", severity: .medium,
            what: "Nothing says under which licence the model \(name) may be used. \(more)", evidence: "",
            standard: OWASP.supplyChain,
            remedy: "Look it up where the model comes from, and write into \(AuditAllowList.fileName) what you found.")
    }

    private func addPackages(to audit: inout Audit) {
        let packages = (try? JSONValue(parsing: Data(PackageResources.packages_json)))?.array ?? []
        for package in packages {
            audit.components.append(
                Audit.Component(
                    kind: "dependency", name: package["name"]?.string ?? "", version: package["version"]?.string ?? "",
                    licence: package["licence"]?.string, digest: package["revision"]?.string))
        }
        audit.checks.append(
            Audit.Check(
                family: "supply",
                sentence:
                    "The \(packages.count) Swift packages that this version of neo is made of are listed with version, commit "
                    + "and licence."))
    }

    private func addDocuments(to audit: inout Audit) {
        var counts: [String: Int] = [:]
        for document in documents {
            let stated = ["license", "licence", "rights"].lazy.compactMap { document.metadata[$0]?.string }.first
            counts[stated.map { ReportText.shortened(ReportText.line($0), to: 60) } ?? "", default: 0] += 1
        }
        for (licence, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(20)
        where !licence.isEmpty {
            audit.components.append(
                Audit.Component(
                    kind: "document", name: ReportText.count(count, "document"), version: "", licence: licence,
                    digest: nil))
        }
        let silent = counts["", default: 0]
        guard silent > 0 else { return }
        audit.findings.append(
            AuditFinding(
                id: "supply.licence.documents", family: "supply", severity: .low,
                what:
                    "\(ReportText.count(silent, "document")) of \(documents.count) do not say under which licence they may be "
                    + "shown.", evidence: "no `license` in their front matter", count: silent,
                standard: OWASP.supplyChain,
                remedy:
                    "If others than their authors use the service, make sure that it may quote them, and write down why in "
                    + "\(AuditAllowList.fileName)."))
    }
}
