package org.isochron.ops.venue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.client.Contract;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.sequencer.aeron.Channels;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;

/**
 * A client that logs on as it should and then sends, as fast as it can, nothing but what the venue must refuse; at its side
 * a connection without a session that sends noise, and three logons that must fail. Keeps account of what it is answered.
 */
final class HostileClient implements Agent, VenueListener {
    private static final int BURST = 32;
    private static final int KINDS = 12;
    private static final long MAX_PENDING = 1_000;
    private static final int TOO_LONG = Outbound.MAX_MESSAGE_LENGTH;
    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int FIRST_FREE_STREAM = 9_000;
    private static final int NOBODY = 777;
    private static final int UNKNOWN_INSTRUMENT = 99;

    private final VenueAccess access;
    private final int sessionId;
    private final int victimId;
    private final Contract contract;
    private final long priceE9;
    private final Random random;
    private final Answers answers = new Answers();
    private final Map<String, Long> heard = new TreeMap<>();
    private final Map<String, RejectCode> refusedLogons = new TreeMap<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[TOO_LONG]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder order = new NewOrderEncoder();
    private TappedTransport transport;
    private VenueClient client;
    private Outbound connection;
    private Outbound stranger;
    private VenueClient[] badLogons = {};
    private long nextSeqNum;
    private String ending;
    private volatile long attacks;
    private volatile boolean isAskedToStop;

    /** @param victimId session whose account, and whose good name, is abused. */
    HostileClient(
            final VenueAccess access,
            final int sessionId,
            final int victimId,
            final Contract contract,
            final long priceE9,
            final long seed) {
        this.access = access;
        this.sessionId = sessionId;
        this.victimId = victimId;
        this.contract = contract;
        this.priceE9 = priceE9;
        random = new Random(seed);
    }

    /** Messages sent so far that the venue must refuse. Any thread. */
    long attacks() {
        return attacks;
    }

    /** Ends when everything is answered. Any thread. */
    void askStop() {
        isAskedToStop = true;
    }

    /** After the end. */
    Answers answers() {
        return answers;
    }

    /** What the venue has answered, by code, after the end. */
    Map<String, Long> heard() {
        return heard;
    }

    /** How the logons ended that must not succeed, after the end. */
    Map<String, RejectCode> refusedLogons() {
        return refusedLogons;
    }

    @Override
    public String roleName() {
        return "hostile";
    }

    @Override
    public void onStart() {
        transport = new TappedTransport(access.newTransport());
        client = VenueClient.connect(Trader.patient(access, sessionId), transport, access.clock(), this);
        connection = transport.latest();
        stranger = transport.publish(access.ingress());
    }

    @Override
    public int doWork() {
        int work = client.poll();
        if (ending != null) {
            throw new IllegalStateException("the hostile session " + ending);
        }
        if (!client.isEstablished()) {
            return work;
        }
        for (final VenueClient badLogon : badLogons) {
            work += badLogon.poll();
        }
        if (isAskedToStop) {
            endWhenAnswered();
            return work;
        }
        for (int i = 0; i < BURST && answers.pending() < MAX_PENDING && attack(); i++) {
            attacks++;
            work++;
        }
        return work;
    }

    private void endWhenAnswered() {
        if (answers.pending() == 0 && refusedLogons.size() == badLogons.length) {
            throw new AgentTerminationException("everything is answered");
        }
    }

    /** False when the way is full. */
    private boolean attack() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> say(garbage());
            case 1 -> ask(cutShort());
            case 2 -> ask(tooLong());
            case 3 -> ask(unknownTemplate());
            case 4 -> ask(unknownSchema());
            case 5 -> ask(foreignAccount());
            case 6 -> ask(deposit());
            case 7 -> ask(nonsense());
            case 8 -> say(clockTick());
            case 9 -> say(duplicate());
            case 10 -> askBehindGap();
            default -> stranger.offer(buffer, 0, garbage()) > 0;
        };
    }

    /** Sends what uses up no number. */
    private boolean say(final int length) {
        return connection.offer(buffer, 0, length) > 0;
    }

    /** Sends what carries the next number, and so is owed one answer. */
    private boolean ask(final int length) {
        if (!say(length)) {
            return false;
        }
        answers.asked(nextSeqNum++);
        return true;
    }

    private int garbage() {
        final int length = random.nextInt(TOO_LONG + 1);
        random.nextBytes(buffer.byteArray());
        // No template of the schema is so high: bytes that look like a numbered command would be answered by number.
        buffer.putByte(TEMPLATE_ID_OFFSET + 1, (byte) 0xFF);
        return length;
    }

    /** An order that is sound in itself; from here on everything returns the length of what stands in the buffer. */
    private int order() {
        buffer.setMemory(0, TOO_LONG, (byte) 0xFF);
        order.wrapAndApplyHeader(buffer, 0, header)
                .seqNum(nextSeqNum)
                .accountId(sessionId)
                .clientSendTimeNs(0)
                .clOrdId(nextSeqNum)
                .price(priceE9)
                .quantity(1)
                .instrumentId(contract.instrumentId())
                .side(Side.BUY)
                .timeInForce(TimeInForce.GTC)
                .triggerPrice(NewOrderEncoder.triggerPriceNullValue())
                .displayQuantity(NewOrderEncoder.displayQuantityNullValue())
                .flags()
                .clear();
        return MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;
    }

    private int cutShort() {
        final int length = order();
        return length - 1 - random.nextInt(length / 2);
    }

    private int tooLong() {
        order();
        return TOO_LONG;
    }

    private int unknownTemplate() {
        final int length = order();
        buffer.putShort(TEMPLATE_ID_OFFSET, (short) (150 + random.nextInt(40)), LITTLE_ENDIAN);
        return length;
    }

    private int unknownSchema() {
        final int length = order();
        buffer.putShort(SCHEMA_ID_OFFSET, (short) (1_000 + random.nextInt(100)), LITTLE_ENDIAN);
        return length;
    }

    private int foreignAccount() {
        final int length = order();
        order.accountId(victimId);
        return length;
    }

    /** What only the core can see to be wrong. */
    private int nonsense() {
        final int length = order();
        switch (random.nextInt(8)) {
            case 0 -> order.price(priceE9 + 1);
            case 1 -> order.price(-priceE9);
            case 2 -> order.quantity(0);
            case 3 -> order.quantity(-1);
            case 4 -> order.quantity(Long.MAX_VALUE);
            case 5 -> order.instrumentId(UNKNOWN_INSTRUMENT);
            case 6 -> order.ordType(OrdType.STOP);
            default -> order.timeInForce(TimeInForce.GTT);
        }
        return length;
    }

    private int clockTick() {
        new ClockTickEncoder().wrapAndApplyHeader(buffer, 0, header).tickTimeNs(1);
        return MessageHeaderEncoder.ENCODED_LENGTH + ClockTickEncoder.BLOCK_LENGTH;
    }

    /** Money from nowhere, as only the operator may book it. */
    private int deposit() {
        new DepositEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .seqNum(nextSeqNum)
                .accountId(sessionId)
                .amount(1_000_000)
                .assetId(VenueDefinitions.USD)
                .reserved32(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + DepositEncoder.BLOCK_LENGTH;
    }

    /** A number used before: counted, never answered. */
    private int duplicate() {
        final int length = order();
        order.seqNum(Math.max(0, nextSeqNum - 1 - random.nextInt(3)));
        return length;
    }

    private boolean askBehindGap() {
        final int missing = 1 + random.nextInt(5);
        final int length = order();
        order.seqNum(nextSeqNum + missing).quantity(0);
        if (!say(length)) {
            return false;
        }
        for (int i = 0; i <= missing; i++) {
            answers.asked(nextSeqNum++);
        }
        return true;
    }

    @Override
    public void onEstablished(final EstablishAckDecoder ack) {
        nextSeqNum = ack.lastIncomingSeqNo() + 1;
        final ClientConfig own = Trader.patient(access, sessionId);
        badLogons = new VenueClient[] {
            logon("wrong secret", 1, victimId, own.sessionVerId(), "not the secret"),
            logon("unknown session", 2, NOBODY, own.sessionVerId(), "not the secret"),
            logon("stale", 3, sessionId, 1, new String(access.secret(sessionId), StandardCharsets.US_ASCII)),
        };
    }

    private VenueClient logon(
            final String what, final int stream, final int session, final long sessionVerId, final String secret) {
        final ClientConfig config = ClientConfig.of(
                session,
                sessionVerId,
                secret.getBytes(StandardCharsets.US_ASCII),
                access.ingress(),
                new Channel(Channels.IPC, FIRST_FREE_STREAM + stream));
        return VenueClient.connect(config, transport, access.clock(), new VenueListener() {
            @Override
            public void onRefused(final RejectCode code, final long lastSessionVerId) {
                refusedLogons.put(what, code);
            }
        });
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        heard(reject.refSeqNum(), "gateway " + reject.code());
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        heard(reject.refSeqNum(), "core " + reject.code());
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        heard(busy.refSeqNum(), "busy " + busy.reason());
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        heard(ack.refSeqNum(), "ack");
    }

    @Override
    public void onNotApplied(final long fromSeqNum, final long count) {
        for (long seqNum = fromSeqNum; seqNum < fromSeqNum + count; seqNum++) {
            heard(seqNum, "not applied");
        }
    }

    @Override
    public void onBusinessReject(final BusinessRejectDecoder reject) {
        heard(reject.refSeqNum(), "core " + reject.code());
    }

    private void heard(final long refSeqNum, final String what) {
        answers.answered(refSeqNum);
        heard.merge(what, 1L, Long::sum);
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        ending = "was ended by the venue: " + code;
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        ending = "is refused: " + code;
    }

    @Override
    public void onClose() {
        client.close();
        for (final VenueClient badLogon : badLogons) {
            badLogon.close();
        }
        transport.close();
    }
}
