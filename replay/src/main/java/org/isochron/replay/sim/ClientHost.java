package org.isochron.replay.sim;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Role;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueClient.State;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;

/** A session's client: logs on, sends the commands of its maker at its own pace, now and then leaves and comes back. */
final class ClientHost extends Host {
    private static final long IDLE_NS = 20_000_000;
    private static final long ANSWER_TIMEOUT_NS = 3_000_000_000L;
    private static final long RETRY_NS = 50_000_000;
    private static final int FLOOD = 40;
    private static final int FLOOD_ONE_IN = 400;
    private static final int LEAVE_ONE_IN = 700;

    private final int sessionId;
    private final Role role;
    private final Dice dice;
    private final CommandMaker commands;
    private final FieldValues values;
    private final long meanPauseNs;
    private final int keepAliveMs;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private List<UnsafeBuffer> definitions = List.of();
    private int defined;
    private long awaitedSeqNum;
    private long awaitedSinceNs;
    private Transport transport;
    private VenueClient client;
    private long verId;
    private boolean keepsVerId;
    /** Whether it asks for what it has missed when it comes back. */
    private final boolean remembersEvents;

    /** Of the client before. */
    private long lastEventSeq;

    private long retryAtNs;
    private long sendAtNs;
    private int flood;
    private long probeSeqNum;
    private boolean probeAnswered;

    /**
     * @param commands    makes what is sent; null for one who only listens.
     * @param meanPauseNs between two commands.
     */
    ClientHost(
            final World world,
            final int sessionId,
            final Role role,
            final Dice dice,
            final CommandMaker commands,
            final FieldValues values,
            final long meanPauseNs) {
        super(world, "session-" + sessionId, IDLE_NS);
        this.sessionId = sessionId;
        this.role = role;
        this.dice = dice;
        this.commands = commands;
        this.values = values;
        this.meanPauseNs = meanPauseNs;
        keepAliveMs = (int) dice.between(100, 1_000);
        remembersEvents = !dice.oneIn(3);
    }

    int sessionId() {
        return sessionId;
    }

    /** Gives the operator what must be sent, in order, each until it has its effect, before anything else. */
    void define(final List<UnsafeBuffer> newDefinitions) {
        definitions = newDefinitions;
    }

    boolean hasDefined() {
        return defined == definitions.size();
    }

    boolean isEstablished() {
        return client != null && client.isEstablished();
    }

    @Override
    void assemble(final SimulatedTransport freshTransport) {
        transport = world.parts().transport(name(), freshTransport);
        verId++;
        keepsVerId = false;
        retryAtNs = 0;
    }

    @Override
    void scrap() {
        client = null;
        transport = null;
    }

    @Override
    int work() {
        final long nowNs = world.timetable().nowNs();
        if (client == null) {
            return nowNs < retryAtNs ? 0 : connect();
        }
        int work = client.poll();
        if (client.state() == State.CLOSED) {
            keepsVerId = keepsVerId || dice.oneIn(2);
            // One that never came as far as to know where it stands knows what the one before knew.
            lastEventSeq = Math.max(lastEventSeq, client.lastEventSeq());
            client = null;
            retryAtNs = nowNs + dice.between(1, 2 * RETRY_NS);
            return work + 1;
        }
        if (client.isEstablished()) {
            work += hasDefined() ? trade(nowNs) : defineNext(nowNs);
        }
        return work;
    }

    /** Whether it waits for events that it has missed. */
    boolean isRecovering() {
        return client != null && client.isRecovering();
    }

    private int connect() {
        final boolean isBack = keepsVerId;
        if (!isBack) {
            verId++;
            lastEventSeq = 0;
        }
        keepsVerId = false;
        awaitedSeqNum = 0;
        final ClientConfig config = new ClientConfig(
                sessionId,
                verId,
                world.secrets().get(sessionId),
                Sites.INGRESS,
                Sites.responses(sessionId),
                keepAliveMs,
                CodType.get((short) dice.below(4)),
                dice.oneIn(2) ? 0 : (int) dice.between(1, 500),
                1_000);
        client = isBack && remembersEvents
                ? VenueClient.resume(config, transport, processClock(), lastEventSeq, new Reports())
                : VenueClient.connect(config, transport, processClock(), new Reports());
        return 1;
    }

    private int defineNext(final long nowNs) {
        // An answer given while the connection was down is not given again: what is defined already says so.
        if (awaitedSeqNum != 0 && nowNs - awaitedSinceNs < ANSWER_TIMEOUT_NS) {
            return 0;
        }
        awaitedSinceNs = nowNs;
        wakeIn(ANSWER_TIMEOUT_NS);
        final UnsafeBuffer command = definitions.get(defined);
        final long seqNum = client.send(command, 0, command.capacity());
        awaitedSeqNum = Math.max(0, seqNum);
        return 1;
    }

    private int trade(final long nowNs) {
        if (commands == null || !world.isTrading()) {
            return 0;
        }
        if (nowNs < sendAtNs) {
            wakeIn(sendAtNs - nowNs);
            return 0;
        }
        if (dice.oneIn(LEAVE_ONE_IN)) {
            return leave();
        }
        flood = flood > 0 ? flood - 1 : dice.oneIn(FLOOD_ONE_IN) ? FLOOD : 0;
        sendAtNs = flood > 0 ? nowNs : nowNs + dice.between(0, 2 * meanPauseNs);
        wakeIn(sendAtNs - nowNs);
        send(commands.make(buffer), commands.templateId());
        return 1;
    }

    private void send(final int length, final int templateId) {
        if (templateId == PriceTickEncoder.TEMPLATE_ID
                && length == MessageShape.HEADER_LENGTH + PriceTickEncoder.BLOCK_LENGTH) {
            movePrice();
        }
        final long seqNum = client.nextSeqNum();
        if (client.send(buffer, 0, length) > 0) {
            world.sent(this, templateId, seqNum);
        }
    }

    /** Price ticks follow the market, which they move. */
    private void movePrice() {
        final int block = MessageShape.HEADER_LENGTH;
        final int instrumentId = 1 + dice.below(world.market().instruments());
        buffer.putInt(block + PriceTickEncoder.instrumentIdEncodingOffset(), instrumentId, LITTLE_ENDIAN);
        buffer.putLong(
                block + PriceTickEncoder.priceEncodingOffset(), world.market().moveE9(instrumentId), LITTLE_ENDIAN);
        buffer.putByte(block + PriceTickEncoder.sourceEncodingOffset(), (byte) 0);
    }

    private int leave() {
        keepsVerId = dice.oneIn(2);
        if (dice.oneIn(2)) {
            client.terminate();
        } else {
            client.close();
        }
        return 1;
    }

    /** Everything has healed: sends one thing more, whose answer must come. */
    void probe() {
        if (probeSeqNum == 0 && isEstablished() && commands != null && !probeAnswered) {
            final long seqNum = client.nextSeqNum();
            // A message that every role has an answer to: one the schema knows and no session may send.
            final int length = commands.makeForeign(buffer);
            if (client.send(buffer, 0, length) > 0) {
                probeSeqNum = seqNum;
            }
        }
    }

    boolean isProbeAnswered() {
        return commands == null || probeAnswered;
    }

    private void answered(final long refSeqNum) {
        if (probeSeqNum != 0 && refSeqNum == probeSeqNum) {
            probeAnswered = true;
        }
    }

    private void defined(final long refSeqNum) {
        answered(refSeqNum);
        if (!hasDefined() && refSeqNum == awaitedSeqNum) {
            awaitedSeqNum = 0;
            defined++;
        }
    }

    private void again() {
        awaitedSeqNum = 0;
    }

    /** What the venue says. */
    private final class Reports implements VenueListener {
        private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();

        @Override
        public void onEstablished(final EstablishAckDecoder ack) {
            again();
            probeSeqNum = 0;
        }

        @Override
        public void onRefused(final RejectCode code, final long lastSessionVerId) {
            verId = Math.max(verId, lastSessionVerId);
            again();
        }

        @Override
        public void onTerminated(final TerminateCode code) {
            probeSeqNum = 0;
            again();
        }

        @Override
        public void onOrderAck(final OrderAckDecoder ack) {
            if (values != null) {
                values.learnOrder(ack.orderId());
            }
        }

        @Override
        public void onCommandAccepted(final CommandAcceptedDecoder accepted) {
            defined(accepted.refSeqNum());
        }

        @Override
        public void onBusinessReject(final BusinessRejectDecoder reject) {
            if (!hasDefined() && reject.code() != RejectCode.ALREADY_DEFINED) {
                throw new IllegalStateException("the venue rejects definition " + defined + ": " + reject.code()
                        + " field " + reject.refFieldId());
            }
            defined(reject.refSeqNum());
        }

        @Override
        public void onEvent(final int templateId, final DirectBuffer event, final int offset, final int length) {
            if (templateId == BalanceChangedDecoder.TEMPLATE_ID) {
                defined(balance.wrapAndApplyHeader(event, offset, header).refSeqNum());
            }
        }

        @Override
        public void onBusy(final BusyDecoder busy) {
            answered(busy.refSeqNum());
            again();
        }

        @Override
        public void onGatewayReject(final GatewayRejectDecoder reject) {
            answered(reject.refSeqNum());
        }

        @Override
        public void onNotApplied(final long fromSeqNum, final long count) {
            again();
        }

        @Override
        public void onGap(final long fromSessionSeq, final long toSessionSeq) {
            world.missed(fromSessionSeq, toSessionSeq);
            again();
        }
    }

    Role role() {
        return role;
    }
}
