package org.isochron.matcher.twin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.json.MessageParser;
import org.isochron.codecs.json.Names;

/**
 * An endless storm of commands: orders of every type and flag, replaces, cancels, quotes, protections, states, prices,
 * cash, connections and time, mostly sensible, now and then wrong in any field. The same seed gives the same frames, as
 * long as the twin it looks at (who is connected, which orders are open) goes the same way.
 */
final class CommandStorm {
    private static final long START_NS = 1_767_623_400_000_000_000L;
    private static final long TICK_NS = 100_000_000;
    private static final int SEQUENCER = 999;
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true)
            .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true);

    private final Dice dice;
    private final World world;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private final MessageParser parser;
    private final Deque<String> setup = new ArrayDeque<>();
    private final OrderStorm orders;
    private final DeskStorm desk;
    private final Map<Long, Long> setupSeqNums = new TreeMap<>();
    private long sequence;
    private long nowNs = START_NS;

    /** @param ids ids by which the venue knows open orders. */
    CommandStorm(final long seed, final Names names, final World world, final OrderIds ids) {
        dice = new Dice(seed);
        this.world = world;
        parser = new MessageParser(names);
        orders = new OrderStorm(dice, world, buffer, ids);
        desk = new DeskStorm(dice, world, buffer);
        setup.add("GatewayStart:{gatewayId:1,incarnation:1}");
        setup.add("GatewayStart:{gatewayId:2,incarnation:1}");
        setup.add(open(Setup.OPERATOR));
        setup.addAll(Setup.definitions());
        for (final long session : Setup.SESSIONS) {
            if (session != Setup.OPERATOR) {
                setup.add(open(session));
            }
        }
    }

    private static String open(final long session) {
        return "SessionOpen:{sessionId:" + session + ",gatewayId:1,sessionVerId:1,codWindowMs:0}";
    }

    /** Looks up the venue's ids of orders. */
    interface OrderIds {
        /** The venue's id of an order, or null when it has not been spoken of. */
        Long idOf(Order order);
    }

    /** The next command, sequenced. */
    Frame next() {
        if (!setup.isEmpty()) {
            setUp(setup.removeFirst());
        } else {
            passTime();
            storm();
        }
        return frame;
    }

    private void setUp(final String command) {
        nowNs += 1_000_000;
        final boolean ofGateway = command.startsWith("Gateway") || command.startsWith("SessionOpen");
        final String numbered = ofGateway
                ? command
                : command.replaceFirst("\\{", "{seqNum:" + setupSeqNums.merge(Setup.OPERATOR, 1L, Long::sum) + ",");
        final int length;
        try {
            length = parser.encode(JSON.readTree("{" + numbered + "}"), buffer, Frame.HEADER_LENGTH);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(numbered, e);
        }
        if (ofGateway) {
            final int gateway = command.contains("gatewayId:2") ? Setup.OTHER_GATEWAY : Setup.GATEWAY;
            stamp(FrameType.GATEWAY, 1_000L + gateway, gateway, length, 50_000);
        } else {
            stamp(FrameType.SESSION, Setup.OPERATOR, Setup.GATEWAY, length, 50_000);
        }
    }

    /** Mostly microseconds; now and then to the next clock tick, a lull, or a pause after which all is uncertain. */
    private void passTime() {
        switch (dice.weighted(9_500, 400, 60, 10, 2)) {
            case 0 -> nowNs += dice.between(1, 40_000);
            case 1 -> nowNs += dice.between(100_000, 20_000_000);
            case 2 -> nowNs += dice.between(20_000_000, 400_000_000);
            case 3 -> nowNs += dice.between(400_000_000, 2_000_000_000);
            default -> nowNs += dice.between(2_000_000_000, 5_000_000_000L);
        }
    }

    private void storm() {
        if (dice.oneIn(40)) {
            nowNs = (nowNs / TICK_NS + 1) * TICK_NS;
            stamp(FrameType.SEQUENCER, SEQUENCER, 0, desk.clockTick(nowNs), 0);
            return;
        }
        if (dice.oneIn(200)) {
            stamp(
                    FrameType.SEQUENCER,
                    SEQUENCER,
                    0,
                    dice.oneIn(20) ? desk.epochStart(sequence + 1) : desk.clockTick(nowNs),
                    0);
            return;
        }
        final Session lost = disconnected();
        if (lost != null && dice.oneIn(3)) {
            gateway(desk.reopen(lost));
        } else if (dice.oneIn(150)) {
            gateway(desk.connection());
        } else if (dice.oneIn(8)) {
            session(desk.command(), desk.sessionId());
        } else {
            session(orders.command(), orders.sessionId());
        }
    }

    private Session disconnected() {
        for (final Session session : world.sessionsBySlot) {
            if (session.gateway == null) {
                return session;
            }
        }
        return null;
    }

    private void gateway(final int length) {
        final int gateway = desk.gatewayId();
        stamp(FrameType.GATEWAY, 1_000L + gateway, gateway, length, dice.below(50_000));
    }

    private void session(final int length, final long sessionId) {
        final Gateway holder = world.sessions.get(sessionId).gateway;
        final int gateway = holder == null || dice.oneIn(400) ? Setup.OTHER_GATEWAY : holder.id;
        stamp(FrameType.SESSION, sessionId, gateway, length, dice.below(50_000));
    }

    private void stamp(
            final int frameType, final long source, final int gateway, final int length, final long delayNs) {
        Frame.encodeUnstamped(buffer, 0, length, frameType, (int) source, gateway, nowNs - delayNs, 0);
        Frame.stamp(buffer, 0, 1, ++sequence, nowNs, 0);
        frame.wrap(buffer, 0);
    }
}
