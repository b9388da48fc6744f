internal import Yams

extension YAMLReader {
    /// A model of an endpoint that `config.yaml` knows; where `endpoint` is left empty, the one with the role `embedding`.
    func namedEndpoint(_ node: Node, under key: String) throws(EngineerError) -> EndpointSetting {
        let role = ModelRole.embedding.rawValue
        let value = node["endpoint"]
        let isEmpty = value?.null != nil
        guard let name = isEmpty ? role : value?.scalar?.string, !name.isEmpty else {
            throw failure("`endpoint` within `\(key)` must be a name in config.yaml.", line: value?.mark?.line)
        }
        guard key == "encoder" || name != role else {
            throw failure(
                "`endpoint` within `\(key)` must be a name in config.yaml: the role \(role) is for encoders.",
                line: value?.mark?.line ?? node.mark?.line)
        }
        let model = node["model"]
        guard model == nil || model?.scalar?.string.isEmpty == false else {
            throw failure("`model` within `\(key)` must be a word.", line: model?.mark?.line)
        }
        guard model == nil || name != role else {
            throw failure(
                "The role \(role) names a model already; leave `model` out, or name an endpoint.",
                line: model?.mark?.line)
        }
        return .named(name, model: model?.scalar?.string, price: try price(of: node))
    }

    /// What a million tokens cost; nil where that is not said.
    func price(of node: Node) throws(EngineerError) -> Double? {
        guard let value = node["price"] else { return nil }
        guard let price = value.float, price >= 0 else {
            throw failure("`price` is what a million tokens cost, in dollars.", line: value.mark?.line)
        }
        return price
    }
}
