package org.isochron.matcher.venue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.json.MessageParser;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * A venue with a pencil: commands are written as relaxed JSON, stamped one millisecond apart, and answered by the events
 * they cause. After every command the zero-sum identity and all hashes are checked in full.
 */
final class VenueBed {
    static final long START_NS = 1_767_623_400_000_000_000L;
    static final int GATEWAY = 1;
    static final long OPERATOR = 1;
    static final long PUBLISHER = 2;
    static final long RISK = 3;
    static final long MAKER = 10;
    static final long TAKER = 20;

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true)
            .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true);

    /** One event, as printed. */
    record Event(String name, JsonNode body) {
        String get(final String field) {
            final JsonNode value = body.get(field);
            return value == null || value.isNull() ? "-" : value.asText();
        }

        long stamp(final String field) {
            return body.get("stamp").get(field).asLong();
        }

        boolean isPrivate() {
            return body.get("stamp").has("privateSeq");
        }
    }

    final Venue venue = new Venue();
    final EventBatch batch = new EventBatch();
    private final MessageParser parser = new MessageParser(venue.inspection());
    private final MessagePrinter printer = new MessagePrinter(venue.inspection(), true);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private final Frame frame = new Frame();
    private final Map<Long, Long> seqNums = new HashMap<>();
    private final List<byte[]> log = new ArrayList<>();
    boolean verifies = true;
    /** Sees every command's events when set. */
    Outlet outlet;

    long nowNs = START_NS;
    private long sequence;
    private long clOrdId;

    /**
     * Operator, publisher and risk sessions, one asset of scale 6 and one instrument, nobody to trade yet. The risk node
     * says nothing for as long as an hour and is not missed.
     */
    static VenueBed open() {
        final VenueBed bed = blank();
        bed.operator("VenueDefine:{scanDeadlineMs:3600000}");
        define(bed);
        return bed;
    }

    /** Genesis, with the operator connected. */
    static VenueBed blank() {
        final VenueBed bed = new VenueBed();
        bed.gateway("GatewayStart:{gatewayId:1,incarnation:1}");
        bed.connect(OPERATOR);
        return bed;
    }

    private static void define(final VenueBed bed) {
        bed.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        bed.operator(instrument(1, "BTC-PERP", ""));
        bed.operator("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        bed.operator("FirmDefine:{firmId:2,symbol:'BETA'}");
        bed.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,accounts:[]}");
        bed.operator("SessionDefine:{sessionId:3,role:'RISK',accounts:[]}");
        bed.connect(PUBLISHER);
        bed.connect(RISK);
    }

    /** With two rich makers: session 10 trades accounts 100 and 101 of firm 1, session 20 account 200 of firm 2. */
    static VenueBed trading() {
        final VenueBed bed = open();
        populate(bed);
        return bed;
    }

    /** The same in a venue so small that it can be verified in full after every one of many commands. */
    static VenueBed tradingInASmallVenue() {
        final VenueBed bed = blank();
        bed.operator("VenueDefine:{maxAssets:2,maxInstruments:4,maxAccounts:16,maxPositions:64,maxOrders:2048,"
                + "maxSessions:24,maxFirms:4,scanDeadlineMs:3600000}");
        define(bed);
        populate(bed);
        return bed;
    }

    private static void populate(final VenueBed bed) {
        bed.account(100, 1, "1000000");
        bed.account(101, 1, "1000000");
        bed.account(200, 2, "1000000");
        bed.session(MAKER, 1, "{accountId:100},{accountId:101}");
        bed.session(TAKER, 2, "{accountId:200}");
        bed.tick("100");
    }

    /** Tick 0.01, lot 1, so K is 10,000 quanta of 1e-6; fees 0, margin 10 % and 5 %. {@code overrides} win. */
    static String instrument(final long id, final String symbol, final String overrides) {
        return "InstrumentDefine:{instrumentId:" + id + ",symbol:'" + symbol
                + "',tickSize:'0.01',lotSize:'1',maxPrice:'10000',maxOrderQuantity:'100000',"
                + "maxPositionQuantity:'1000000',settleAssetId:1,initialMarginPpm:100000,maintenanceMarginPpm:50000,"
                + "makerFeePpm:0,takerFeePpm:0,liquidationFeePpm:0,maxOpenOrders:100000" + overrides + "}";
    }

    void account(final long id, final long firm, final String cash) {
        operator("AccountDefine:{accountId:" + id + ",firmId:" + firm + "}");
        if (!cash.equals("0")) {
            operator("Deposit:{accountId:" + id + ",assetId:1,amount:'" + cash + "'}");
        }
    }

    void session(final long id, final long firm, final String accounts) {
        operator("SessionDefine:{sessionId:" + id + ",firmId:" + firm + ",role:'MAKER',accounts:[" + accounts + "]}");
        connect(id);
    }

    List<Event> connect(final long session) {
        seqNums.put(session, 0L);
        return gateway("SessionOpen:{sessionId:" + session + ",gatewayId:1,sessionVerId:1,codWindowMs:0}");
    }

    List<Event> tick(final String price) {
        return tick(1, 0, price);
    }

    List<Event> tick(final long instrument, final int source, final String price) {
        return send(
                PUBLISHER, "PriceTick:{instrumentId:" + instrument + ",source:" + source + ",price:'" + price + "'}");
    }

    List<Event> operator(final String command) {
        return send(OPERATOR, command);
    }

    List<Event> buy(final long session, final long account, final long lots, final String price, final String more) {
        return order(session, account, "BUY", lots, price, more);
    }

    List<Event> sell(final long session, final long account, final long lots, final String price, final String more) {
        return order(session, account, "SELL", lots, price, more);
    }

    /** A limit order in instrument 1 with the next clOrdId; {@code more} adds fields or replaces them. */
    List<Event> order(
            final long session,
            final long account,
            final String side,
            final long lots,
            final String price,
            final String more) {
        return send(
                session,
                "NewOrder:{accountId:" + account + ",instrumentId:1,clOrdId:" + ++clOrdId + ",side:'" + side
                        + "',quantity:'" + lots + "',price:'" + price + "'" + more + "}");
    }

    long lastClOrdId() {
        return clOrdId;
    }

    /** A command of a session under its next seqNum, unless it names one. */
    List<Event> send(final long session, final String command) {
        return sendAt(session, GATEWAY, command);
    }

    List<Event> sendAt(final long session, final int gateway, final String command) {
        final ObjectNode message = read(command);
        final ObjectNode fields = (ObjectNode) message.elements().next();
        if (!fields.has("seqNum")) {
            fields.put("seqNum", seqNums.merge(session, 1L, Long::sum));
        }
        return frame(FrameType.SESSION, session, gateway, encode(message));
    }

    List<Event> gateway(final String command) {
        return gateway(GATEWAY, command);
    }

    List<Event> gateway(final int gateway, final String command) {
        return frame(FrameType.GATEWAY, 1000L + gateway, gateway, encode(read(command)));
    }

    List<Event> sequencer(final String command) {
        return frame(FrameType.SEQUENCER, 999, 0, encode(read(command)));
    }

    /** Time passes, with the clock ticks and signs of life that keep the venue awake. */
    List<Event> pass(final long millis) {
        final List<Event> events = new ArrayList<>();
        for (long passed = 0; passed < millis; passed += 100) {
            nowNs += Math.min(100, millis - passed) * 1_000_000 - 2_000_000;
            events.addAll(gateway("GatewayAlive:{gatewayId:1}"));
            events.addAll(sequencer("ClockTick:{tickTimeNs:0}"));
        }
        return events;
    }

    /** Bytes in the place of a message. */
    List<Event> raw(final int frameType, final long source, final byte[] payload) {
        buffer.putBytes(Frame.HEADER_LENGTH, payload);
        return frame(frameType, source, GATEWAY, payload.length);
    }

    int encode(final ObjectNode message) {
        return parser.encode(message, buffer, Frame.HEADER_LENGTH);
    }

    byte[] bytes(final String command) {
        final byte[] payload = new byte[encode(read(command))];
        buffer.getBytes(Frame.HEADER_LENGTH, payload);
        return payload;
    }

    private List<Event> frame(final int frameType, final long source, final int gateway, final int length) {
        nowNs += 1_000_000;
        Frame.encodeUnstamped(buffer, 0, length, frameType, (int) source, gateway, nowNs - 50_000, 0);
        Frame.stamp(buffer, 0, 1, ++sequence, nowNs, 0);
        final byte[] bytes = new byte[Frame.HEADER_LENGTH + length];
        buffer.getBytes(0, bytes);
        log.add(bytes);
        apply(venue, frame.wrap(buffer, 0), batch);
        if (verifies) {
            venue.verifyInFull();
        }
        if (outlet != null) {
            outlet.onEvents(frame, batch);
        }
        return events();
    }

    static void apply(final Venue venue, final Frame frame, final EventBatch batch) {
        batch.begin(frame);
        venue.onCommand(frame, batch);
    }

    /** Every frame so far. */
    List<byte[]> log() {
        return log;
    }

    private List<Event> events() {
        final List<Event> events = new ArrayList<>();
        for (int i = batch.first(); i != EventBatch.END; i = batch.next(i)) {
            final JsonNode printed =
                    parse(printer.print(batch.buffer(), batch.messageOffset(i), batch.messageLength(i)));
            final String name = printed.fieldNames().next();
            events.add(new Event(name, printed.get(name)));
        }
        return events;
    }

    static ObjectNode read(final String command) {
        return (ObjectNode) parse("{" + command + "}");
    }

    private static JsonNode parse(final String text) {
        try {
            return JSON.readTree(text);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** The events as lines of name and those of the fields they have, stamps left out. */
    static List<String> lines(final List<Event> events, final String... fields) {
        final List<String> lines = new ArrayList<>();
        for (final Event event : events) {
            final StringBuilder line = new StringBuilder(event.name());
            for (final String field : fields) {
                if (event.body().has(field)) {
                    line.append(' ').append(event.get(field));
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** A blotter: names, accounts, sides, lots and prices. */
    static List<String> blotter(final List<Event> events) {
        return lines(
                events,
                "accountId",
                "side",
                "lastQuantity",
                "quantity",
                "leavesQuantity",
                "cancelledQuantity",
                "lastPrice",
                "price",
                "state",
                "reason",
                "code",
                "bidQuantity",
                "bidPrice",
                "askQuantity",
                "askPrice");
    }

    /** All events of that name. */
    static List<Event> named(final List<Event> events, final String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** The only event of that name. */
    static Event only(final List<Event> events, final String name) {
        final List<Event> found = named(events, name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events " + name + " among " + lines(events));
        }
        return found.get(0);
    }
}
