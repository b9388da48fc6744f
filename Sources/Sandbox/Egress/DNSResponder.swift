internal import NIOCore

/// Answers questions for names: an address that stands for the name, where a rule could allow the name. No question leaves
/// the machine.
final class DNSResponder: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let session: EgressSession

    init(session: EgressSession) { self.session = session }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let question = DNSQuestion(Array(envelope.data.readableBytesView)) else { return }
        let answer = ByteBuffer(bytes: answer(question))
        context.write(
            wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: answer)), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    private func answer(_ question: DNSQuestion) -> [UInt8] {
        guard let name = question.name, let host = try? HostName(name), case .name(let canonical) = host else {
            return question.answer(.nameError)
        }
        // RFC 6761: not even a rule can make it another machine.
        if canonical == "localhost", question.asksForAddress {
            return question.answer(
                .noError, question.type == DNSQuestion.address ? NetworkAddress("127.0.0.1") : nil)
        }
        guard session.hasAddress(host) else {
            session.log.refusedLookup(
                canonical, EgressRefusal(.allowlist, "\(canonical) is not among the hosts that may be reached."))
            return question.answer(.nameError)
        }
        guard question.asksForAddress else { return question.answer(.refused) }
        // Names have IPv4 addresses only inside; outside the proxy takes what there is.
        guard question.type == DNSQuestion.address else { return question.answer(.noError) }
        guard let address = session.names.address(of: canonical) else { return question.answer(.serverFailure) }
        return question.answer(.noError, address)
    }
}
