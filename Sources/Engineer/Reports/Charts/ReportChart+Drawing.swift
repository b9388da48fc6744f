extension ReportChart {
    /// The charts of some results, each as an element of a page with its caption; none where there is nothing to draw.
    func figures(_ results: SearchResults) -> [String] {
        let legend = "filled orange: \(DecisionWords.chosen(results)); hollow: default"
        switch self {
        case .bestSoFar:
            return [Self.figure("Trials in order, and the best so far (\(legend))", TrialsChart.draw(results))]
                .compactMap { $0 }
        case .bestTrials:
            let caption = "The best configurations and the default, with 95 % intervals"
            return [Self.figure(caption, ConfigurationsChart.draw(results))].compactMap { $0 }
        case .slices:
            return [
                Self.figure(
                    "\(DecisionWords.chosenTitle(results)) and default by type of question (\(legend))",
                    SlicesChart.draw(results))
            ]
            .compactMap { $0 }
        case .ceilings:
            return [Self.figure("The best possible score behind each stage", CeilingsChart.draw(results))]
                .compactMap { $0 }
        case .pareto:
            let caption = "Quality and latency, with 95 % intervals; large: on the front (\(legend))"
            return [Self.figure(caption, ParetoChart.draw(results))].compactMap { $0 }
        case .parameters:
            return ParameterChart.all(results).compactMap { Self.figure($0.parameter, $0.element) }
        }
    }

    private static func figure(_ caption: String, _ drawing: String?) -> String? {
        drawing.map { "<figure><figcaption>\(HTMLReport.escaped(caption))</figcaption>\n\($0)</figure>" }
    }
}
