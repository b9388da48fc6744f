import Base
import LanguageModelClients
import LanguageModels
import Testing

@Suite struct PriceListTests {
    @Test func `List prices are for a provider's own address and for the names that are certain`() throws {
        let prices = PriceList()
        #expect(prices.listedModels >= 20)
        let price = try #require(
            prices.price(of: "gpt-4o-mini", endpoint: "o", url: "https://API.openai.com/v1"))
        #expect(price.input == 0.15 && price.cachedInput == 0.075 && price.output == 0.6)
        #expect(price.source.hasPrefix("https://") && price.date == "2026-11-21")
        #expect(prices.price(of: "gpt-4o-mini", endpoint: "o", url: "https://proxy.example/v1") == nil)
        // An older snapshot that costs twice as much.
        #expect(prices.price(of: "gpt-4o-2024-05-13", endpoint: "o", url: "https://api.openai.com/v1") == nil)
        #expect(prices.price(of: "gpt-4o-mini", endpoint: "o", url: "not an address") == nil)
    }

    @Test func `The user's own prices come first, those of an endpoint before those of a model`() {
        let (one, two) = (
            ModelPrice(input: 1, output: 1, source: "own"), ModelPrice(input: 2, output: 2, source: "own")
        )
        let prices = PriceList(own: ["gpt-4o": one, "cheap/gpt-4o": two])
        let url = "https://api.openai.com/v1"
        #expect(prices.price(of: "gpt-4o", endpoint: "openai", url: url) == one)
        #expect(prices.price(of: "gpt-4o", endpoint: "cheap", url: url) == two)
        #expect(prices.price(of: "gpt-4o-mini", endpoint: "cheap", url: url)?.input == 0.15)
    }

    @Test func `Tokens of a server's cache cost what they cost`() {
        let price = ModelPrice(input: 4, cachedInput: 1, cacheCreation: 5, output: 20, source: "")
        let usage = TokenUsage(
            inputTokens: 1_000_000, cachedInputTokens: 500_000, cacheCreationInputTokens: 100_000,
            outputTokens: 100_000)
        #expect(abs(price.dollars(for: usage) - (1.6 + 0.5 + 0.5 + 2)) < 1e-9)
        let plain = ModelPrice(input: 4, output: 20, source: "")
        #expect(abs(plain.dollars(for: usage) - 6) < 1e-9)
        #expect(ModelPrice.local.dollars(for: usage) == 0)
    }

    @Test func `What a hostile server counts never makes a call cheaper than nothing`() {
        let price = ModelPrice(input: 4, cachedInput: 1, cacheCreation: 5, output: 20, source: "")
        let hostile = TokenUsage(
            inputTokens: 10, cachedInputTokens: .max, cacheCreationInputTokens: .max, outputTokens: -5)
        #expect(abs(price.dollars(for: hostile) - 10e-6) < 1e-12)
    }
}
